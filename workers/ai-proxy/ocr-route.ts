import type { IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

import { IDENTITY_HEADER, type IdentityHeaders } from '@terakoya/common/auth';
import { LIMITS, storedImageSchema } from '@terakoya/common/contracts';
import { BadInputError, SchoolError, isSchoolError } from '@terakoya/common/errors';
import { type RequestHandler, readBody, sendJson } from '@terakoya/common/http';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { ImageReader } from '../vendors/image-reader';

const MAX_BODY_BYTES = 10_000;
const READ_MS = 40_000;
const bodySchema = z.object({ image: storedImageSchema });

interface Parts {
  readonly identityHeaders: IdentityHeaders;
  readonly storage: ObjectStorage;
  /** Null when no vendor is configured. */
  readonly reader: ImageReader | null;
}

/** `POST /v1/ocr { image }`: the page's text as the vendor reads it. For holders of a valid identity header only. */
export function createOcrRoute(parts: Parts): RequestHandler {
  return async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/ocr') return sendJson(response, 404, { error: 'not found' });
    try {
      await answer(parts, request, response);
    } catch (error) {
      if (!isSchoolError(error)) throw error;
      const status =
        { UNAUTHENTICATED: 401, BAD_USER_INPUT: 400, SPEND_LIMIT_REACHED: 402, RATE_LIMITED: 429 }[
          String(error.code)
        ] ?? 503;
      sendJson(response, status, { code: error.code, message: error.message });
    }
  };
}

async function answer(
  { identityHeaders, storage, reader }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const header = request.headers[IDENTITY_HEADER];
  identityHeaders.verify(typeof header === 'string' ? header : undefined);
  const parsed = bodySchema.safeParse(JSON.parse(await readBody(request, MAX_BODY_BYTES)));
  if (!parsed.success) throw new BadInputError('image', 'must be a stored image');
  if (!reader) throw new SchoolError('UNAVAILABLE', 'No vendor that reads images is configured.');
  const { key, width, height } = parsed.data.image;
  const bytes = await storage.getBuffer(key, LIMITS.documentBytes);
  sendJson(response, 200, await reader.read({ bytes, width, height }, AbortSignal.timeout(READ_MS)));
}
