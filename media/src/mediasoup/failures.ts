import { errors } from 'mediasoup';

import { BadInputError, ConflictError, messageOf } from '@terakoya/common/errors';

/**
 * Runs a call of mediasoup and tells its refusals as errors of ours: what was given cannot be used (BAD_USER_INPUT, naming
 * `field`), or what it was meant for is closing (CONFLICT). Anything else is a defect and stays as it is.
 */
export async function asked<T>(field: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof errors.WorkerClosedError || /clos(ed|ing)/i.test(messageOf(error))) {
      throw new ConflictError('The media of this room is being closed.', error);
    }
    if (error instanceof errors.NotFoundError) throw new ConflictError('The media is there no longer.', error);
    if (error instanceof TypeError || error instanceof errors.UnsupportedError) {
      throw new BadInputError(field, `cannot be used: ${messageOf(error)}`, error);
    }
    // What the worker itself refuses, such as an SSRC that is taken, comes as a plain error.
    if (error instanceof Error && error.constructor === Error) throw new BadInputError(field, 'cannot be used', error);
    throw error;
  }
}
