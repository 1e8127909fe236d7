import { z } from 'zod';

/** The media types a document may have. */
export const ACCEPTED_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export const acceptedTypeSchema = z.enum(ACCEPTED_TYPES);
export type AcceptedType = z.output<typeof acceptedTypeSchema>;
