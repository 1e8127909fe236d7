import type { IncomingMessage } from 'node:http';

import { LimitExceededError } from '@terakoya/common/errors';
import { readBody } from '@terakoya/common/http';

import type { OperationRequest } from '../execution';
import { HttpRefusal } from './http-refusal';
import { isJsonBody } from './media-types';

/** What a client sent: an operation, and `extensions` for agreements beyond the specification. */
export interface RequestParameters extends OperationRequest {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Reads the parameters of a GET or POST; HttpRefusal (400, 405, 415) or LIMIT_EXCEEDED when they are not in order. */
export async function readParameters(request: IncomingMessage, maxBodyBytes: number): Promise<RequestParameters> {
  if (request.method === 'GET') return checked(fromUrl(request.url ?? ''));
  if (request.method !== 'POST') {
    throw new HttpRefusal(405, 'The method must be GET or POST.', { allow: 'GET, POST' });
  }
  if (!isJsonBody(request.headers['content-type'])) {
    throw new HttpRefusal(415, 'The Content-Type must be application/json in UTF-8.');
  }
  return checked(parseObject(await readBounded(request, maxBodyBytes), 'body'));
}

/** Says no to a body that is announced as too large before any of it is read. */
async function readBounded(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    throw new LimitExceededError(`The request body may have at most ${maxBytes} bytes.`, { maxBytes });
  }
  return readBody(request, maxBytes);
}

function fromUrl(url: string): Record<string, unknown> {
  const mark = url.indexOf('?');
  const search = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const json = (name: string): unknown => {
    const text = search.get(name);
    return text ? parseObject(text, name) : undefined;
  };
  return {
    query: search.get('query') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function parseObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, `${name}: must be JSON`);
  }
  if (!isObject(value)) throw new HttpRefusal(400, `${name}: must be a JSON object`);
  return value;
}

function checked({ query, operationName, variables, extensions }: Record<string, unknown>): RequestParameters {
  if (typeof query !== 'string') throw new HttpRefusal(400, 'query: must be a string');
  if (!isStringOrNone(operationName)) throw new HttpRefusal(400, 'operationName: must be a string');
  if (!isObjectOrNone(variables)) throw new HttpRefusal(400, 'variables: must be a JSON object');
  if (!isObjectOrNone(extensions)) throw new HttpRefusal(400, 'extensions: must be a JSON object');
  return { query, operationName, variables, extensions: extensions ?? {} };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjectOrNone(value: unknown): value is Record<string, unknown> | null | undefined {
  return value === undefined || value === null || isObject(value);
}

function isStringOrNone(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}
