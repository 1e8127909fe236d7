import { z } from 'zod';

import { IDENTITY_HEADER, type IdentityHeaders } from '../auth';
import type { MediaCommand, MediaRequest, MediaResponse } from '../contracts';
import { ERROR_CODES, type ErrorCode, SchoolError, TimedOutError, UnavailableError } from '../errors';

/** Commands media nodes. */
export interface MediaControl {
  /**
   * Tells the node at `controlUrl` to do something. A refusal arrives with the node's own code, message and details;
   * UNAVAILABLE when the node cannot be reached, TIMED_OUT when it does not answer in time.
   */
  command<C extends MediaCommand>(controlUrl: string, command: C, request: MediaRequest<C>): Promise<MediaResponse<C>>;
}

const COMMAND_MS = 5_000;

const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});

/** Each command goes out in the name of the one service that may send it. */
export function createMediaControl(options: {
  readonly identityHeaders: IdentityHeaders;
  readonly timeoutMs?: number;
}): MediaControl {
  const { identityHeaders, timeoutMs = COMMAND_MS } = options;
  return {
    async command(controlUrl, command, request) {
      const { isOk, body } = await post(new URL(`/control/${command.name}`, controlUrl), timeoutMs, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [IDENTITY_HEADER]: identityHeaders.sign({ caller: command.caller, viewer: null }),
        },
        body: JSON.stringify(request),
      });
      if (!isOk) throw failureOf(body);
      return command.response.parse(body) as never; // parsed by the very schema whose type it has
    },
  };
}

async function post(url: URL, timeoutMs: number, request: RequestInit): Promise<{ isOk: boolean; body: unknown }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...request, signal });
    return { isOk: response.ok, body: await response.json() };
  } catch (cause) {
    if (signal.aborted) throw new TimedOutError('The media node', timeoutMs, cause);
    throw new UnavailableError('The media node cannot be reached.', cause);
  }
}

function failureOf(body: unknown): SchoolError {
  const parsed = failureSchema.safeParse(body);
  if (!parsed.success) return new UnavailableError('The media node answered with something else.');
  const { code, message, details } = parsed.data;
  return new SchoolError(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR', message, { details });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
