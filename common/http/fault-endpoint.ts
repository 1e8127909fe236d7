import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { readBearerToken } from '../auth';
import type { Secret } from '../config';
import { BadInputError, SchoolError, UnauthenticatedError, isSchoolError } from '../errors';
import { faults } from '../faults';
import { readBody } from './read-body';
import { sendJson } from './responses';
import { statusOf } from './status-of';

const PATH = /^\/faults(?:\/([a-z-]+))?$/;
const MAX_BODY_BYTES = 4_096;

/**
 * The switches of this process's faults, for whoever holds the secret: `GET /faults`, `PUT /faults/KIND` with the
 * parameters and `seconds`, `DELETE /faults/KIND`.
 */
export function createFaultEndpoint(secret: Secret) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      requireSecret(secret, request);
      sendJson(response, 200, await answer(request));
    } catch (error) {
      if (!isSchoolError(error)) throw error;
      sendJson(response, statusOf(error.code), { error: { code: error.code, message: error.message } });
    }
  };
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const kind = PATH.exec(request.url ?? '')?.[1];
  const state = () => ({ offered: faults.offered, active: faults.list() });
  if (request.method === 'GET' && kind === undefined) return state();
  if (kind === undefined) throw new SchoolError('NOT_FOUND', 'Name the fault: /faults/KIND.');
  if (request.method === 'DELETE') faults.end(kind);
  else if (request.method === 'PUT') faults.start(kind, await readParameters(request));
  else throw new BadInputError('method', 'must be GET, PUT or DELETE');
  return state();
}

async function readParameters(request: IncomingMessage): Promise<object> {
  const text = await readBody(request, MAX_BODY_BYTES);
  try {
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // told below, like every other body that is no object
  }
  throw new BadInputError('body', 'must be a JSON object');
}

/** Compared by hash, so that neither length nor content is told by the time it takes. */
function requireSecret(secret: Secret, request: IncomingMessage): void {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  const given = readBearerToken(request.headers.authorization) ?? '';
  if (!timingSafeEqual(hash(given), hash(secret.reveal())))
    throw new UnauthenticatedError('The secret is not the one.');
}
