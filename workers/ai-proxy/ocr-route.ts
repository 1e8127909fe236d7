import type { IncomingMessage, ServerResponse } from 'node:http';

import { IDENTITY_HEADER, type IdentityHeaders } from '@terakoya/common/auth';
import { LIMITS } from '@terakoya/common/contracts';
import {
  BadInputError,
  ForbiddenError,
  SchoolError,
  SpendLimitError,
  UnavailableError,
  isSchoolError,
} from '@terakoya/common/errors';
import { type RequestHandler, readBody, sendJson, statusOf } from '@terakoya/common/http';
import type { ObjectStorage } from '@terakoya/common/storage';

import { orAborted } from '../abortable';
import { OCR_CALLER, OCR_PATH, ocrRequestSchema } from '../ocr-worker/ocr-request';
import type { ImageReader } from '../vendors/image-reader';
import type { AiProxyEvents } from './events';

export interface OcrRouteNeeds {
  readonly identityHeaders: IdentityHeaders;
  readonly storage: ObjectStorage;
  /** Undefined when no vendor is configured. */
  readonly reader: ImageReader | undefined;
  readonly limitUsd: number;
  readonly events: AiProxyEvents;
  /** What is not a known failure is reported here and told as an internal error. */
  readonly onDefect: (error: unknown) => void;
}

const BODY_BYTES = 4_096;

/** `POST /v1/ocr` for ocr-worker: `{ key, languages }` → the page's text, or `{ error: { code, message } }`. */
export function createOcrRoute(needs: OcrRouteNeeds): RequestHandler {
  return async (request, response) => {
    if (request.url !== OCR_PATH)
      return sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'not found' } });
    const aborted = new AbortController();
    response.on('close', () => aborted.abort(new SchoolError('CANCELLED', 'Nobody waits for the answer any more.')));
    try {
      sendJson(response, 200, await answer(needs, request, aborted.signal));
    } catch (error) {
      sendFailure(needs, response, error);
    }
  };
}

async function answer(needs: OcrRouteNeeds, request: IncomingMessage, signal: AbortSignal): Promise<unknown> {
  const { caller } = needs.identityHeaders.verify(request.headers[IDENTITY_HEADER]);
  if (caller !== OCR_CALLER) throw new ForbiddenError();
  if (request.method !== 'POST') throw new BadInputError('method', 'must be POST');
  const { key, languages } = parseRequest(await readBody(request, BODY_BYTES));
  if (needs.limitUsd === 0) throw new SpendLimitError(0); // before the image is fetched for nothing
  if (!needs.reader) throw new UnavailableError('GOOGLE_APPLICATION_CREDENTIALS is not set.');
  const image = await orAborted(signal, needs.storage.getBuffer(key, LIMITS.documentBytes));
  return needs.reader.read(image, languages, signal);
}

function parseRequest(body: string) {
  try {
    return ocrRequestSchema.parse(JSON.parse(body));
  } catch (cause) {
    throw new BadInputError('body', 'must be JSON with key and languages', cause);
  }
}

function sendFailure({ events, onDefect }: OcrRouteNeeds, response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  const known = isSchoolError(error) ? error : undefined;
  if (!known || known.code === 'INTERNAL_SERVER_ERROR') onDefect(error);
  const code = known?.code ?? 'INTERNAL_SERVER_ERROR';
  events.ocrRefused(code);
  const retryAfter = known?.details['retryAfterSeconds'];
  if (typeof retryAfter === 'number') response.setHeader('retry-after', Math.ceil(retryAfter));
  sendJson(response, statusOf(code, 500), { error: { code, message: known?.message ?? 'Something failed inside.' } });
}
