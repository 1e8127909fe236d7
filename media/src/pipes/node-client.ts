import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { IDENTITY_HEADER, type IdentityHeaders } from '@terakoya/common/auth';
import type { MediaCommand, MediaRequest, MediaResponse } from '@terakoya/common/contracts';
import {
  ConflictError,
  NotFoundError,
  type SchoolError,
  UnavailableError,
  classifyError,
  isSchoolError,
} from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';

/** How long another node may take to answer: a participant waits for it. */
const ANSWER_MS = 2_000;
const PROBE_MS = 1_000;
const TRIES = 4;

const refusalSchema = z.object({ code: z.string() });

/** Commands other media nodes, as one of them. */
export interface NodeClient extends Closable {
  /** Asks once. NOT_FOUND and CONFLICT as the other node says them; whatever else is wrong is UNAVAILABLE. */
  ask<C extends MediaCommand>(controlUrl: string, command: C, request: MediaRequest<C>): Promise<MediaResponse<C>>;
  /**
   * The same where nobody waits for it, a few times while the node cannot be reached, unless it is closed meanwhile; false
   * when it was in vain.
   */
  tell<C extends MediaCommand>(controlUrl: string, command: C, request: MediaRequest<C>): Promise<boolean>;
  /** Whether a node answers there at all. */
  isThere(controlUrl: string): Promise<boolean>;
}

export function createNodeClient(identityHeaders: IdentityHeaders, logger: Logger): NodeClient {
  const telling = new Set<Promise<boolean>>();
  let isClosed = false;

  const ask: NodeClient['ask'] = async (controlUrl, command, request) => {
    const headers = { [IDENTITY_HEADER]: identityHeaders.sign({ caller: 'media', viewer: null }) };
    const body = JSON.stringify(request);
    const answer = await post(`${controlUrl}/control/${command.name}`, { method: 'POST', headers, body });
    if (answer.status !== 200) throw refusal(answer.body, command.name);
    return command.response.parse(answer.body) as MediaResponse<typeof command>; // parsed by the schema it is the type of
  };

  const tellPatiently: NodeClient['tell'] = async (controlUrl, command, request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ask(controlUrl, command, request);
        return true;
      } catch (error) {
        if (attempt < TRIES && classifyError(error) === 'transient' && !isClosed) await delay(100 * 2 ** attempt);
        else {
          logger.warn({ err: error, controlUrl, command: command.name }, 'another media node could not be told');
          return false;
        }
      }
    }
  };

  return {
    ask,
    tell(controlUrl, command, request) {
      const told = tellPatiently(controlUrl, command, request).finally(() => telling.delete(told));
      telling.add(told);
      return told;
    },
    async isThere(controlUrl) {
      try {
        const response = await fetch(`${controlUrl}/health`, { signal: AbortSignal.timeout(PROBE_MS) });
        await response.body?.cancel();
        return response.ok;
      } catch {
        return false;
      }
    },
    async close() {
      isClosed = true;
      await Promise.all(telling);
    },
  };
}

async function post(url: string, init: RequestInit): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    const body: unknown = JSON.parse(await response.text());
    return { status: response.status, body };
  } catch (error) {
    throw unreachable(error);
  }
}

function refusal(body: unknown, command: string): SchoolError {
  const code = refusalSchema.safeParse(body).data?.code;
  if (code === 'NOT_FOUND') return new NotFoundError('producer', command);
  if (code === 'CONFLICT') return new ConflictError('The other media node has it no longer.');
  return unreachable(new Error(`${command} was refused: ${code}`));
}

function unreachable(error: unknown): SchoolError {
  return isSchoolError(error) ? error : new UnavailableError('Another media node cannot be reached just now.', error);
}
