import { isSchoolError, messageOf } from '../errors';

/** What a thread sends back: errors cross the boundary as data, so that their codes survive. */
export interface ThreadReply {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string | null; readonly message: string };
}

/** Makes the export `run` of a thread file of a pure function. */
export function threadTask<I, O>(work: (input: I) => Promise<O> | O): (input: I) => Promise<ThreadReply> {
  return async (input) => {
    const startedAt = Date.now();
    try {
      const result = await work(input);
      return { startedAt, endedAt: Date.now(), result };
    } catch (error) {
      const code = isSchoolError(error) ? error.code : null;
      return { startedAt, endedAt: Date.now(), error: { code, message: messageOf(error) } };
    }
  };
}
