import { z } from 'zod';

import { acceptedTypeSchema } from './accepted-types';

/** An uploaded document as workers need it: where its bytes are and what they must be. `sha256` is lower-case hex. */
export const documentSchema = z.object({
  fileId: z.uuid(),
  key: z.string(),
  contentType: acceptedTypeSchema,
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SourceDocument = z.output<typeof documentSchema>;

/** An image in the object store; width and height in pixels. */
export const storedImageSchema = z.object({
  key: z.string(),
  contentType: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  size: z.int().positive(),
});
export type StoredImage = z.output<typeof storedImageSchema>;
