import type { z } from 'zod';

import type { MediaCaller, MediaCommand } from '@terakoya/common/contracts';
import { BadInputError } from '@terakoya/common/errors';

/** A command and what is done for it; `run` parses the request and what is answered. */
export interface CommandHandler {
  readonly name: string;
  readonly caller: MediaCaller;
  readonly run: (request: unknown) => Promise<unknown>;
}

/** Binds a command to its handler. A request that breaks the contract is BAD_USER_INPUT and names the field. */
export function on<Q extends z.ZodType, R extends z.ZodType>(
  command: MediaCommand<Q, R>,
  handle: (request: z.output<Q>) => Promise<z.input<R>>,
): CommandHandler {
  return {
    name: command.name,
    caller: command.caller,
    run: async (request) => {
      const parsed = command.request.safeParse(request);
      if (!parsed.success) throw breach(parsed.error);
      return handle(parsed.data);
    },
  };
}

function breach(error: z.ZodError): BadInputError {
  const [issue] = error.issues;
  return new BadInputError(issue?.path.join('.') || 'request', issue?.message ?? 'breaks its contract', error);
}
