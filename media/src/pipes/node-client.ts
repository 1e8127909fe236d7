import { setTimeout as delay } from 'node:timers/promises';

import type { IdentityHeaders } from '@terakoya/common/auth';
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
import { createMediaControl } from '@terakoya/common/media-control';

/** How long another node may take to answer: a participant waits for it. */
const ANSWER_MS = 2_000;
const PROBE_MS = 1_000;
const TRIES = 4;

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
  const control = createMediaControl({ identityHeaders, timeoutMs: ANSWER_MS });
  const telling = new Set<Promise<boolean>>();
  let isClosed = false;

  const ask: NodeClient['ask'] = (controlUrl, command, request) =>
    control.command(controlUrl, command, request).catch((error: unknown) => {
      throw toNodes(error, command.name);
    });

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

/** The codes that mean something between nodes; another participant's words are not for ours. */
function toNodes(error: unknown, command: string): SchoolError {
  const code = isSchoolError(error) ? error.code : undefined;
  if (code === 'NOT_FOUND') return new NotFoundError('producer', command);
  if (code === 'CONFLICT') return new ConflictError('The other media node has it no longer.');
  return new UnavailableError('Another media node cannot be reached just now.', error);
}
