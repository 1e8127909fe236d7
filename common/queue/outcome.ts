import { z } from 'zod';

/** How a job ended, as it lies in the outcome queue. */
export const storedOutcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('succeeded'), result: z.unknown() }),
  z.object({ status: z.literal('failed'), error: z.object({ code: z.string(), message: z.string() }) }),
  z.object({ status: z.literal('cancelled') }),
]);
export type StoredOutcome = z.output<typeof storedOutcomeSchema>;

/** What the owner of a task is sent. */
export const outcomeMessageSchema = z.object({
  jobId: z.string(),
  payload: z.unknown(),
  outcome: storedOutcomeSchema,
  traceparent: z.string().nullable(),
});
