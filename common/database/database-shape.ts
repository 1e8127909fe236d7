import { z } from 'zod';

import { url } from '../config';

/** The variables of a service that has tables. */
export const databaseShape = {
  DATABASE_URL: url('postgres', 'postgresql').describe(
    "PostgreSQL as the service's own role; its schema has the same name.",
  ),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10).describe('Most connections to PostgreSQL.'),
};
