import { z } from 'zod';

/** What a build says of itself. */
export const buildShape = {
  SERVICE_VERSION: z.string().default('0.1.0').describe('What is deployed, such as a tag or a commit.'),
};
