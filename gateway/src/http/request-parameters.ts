import type { IncomingMessage } from 'node:http';

import { LimitExceededError } from '@terakoya/common/errors';
import { readBody } from '@terakoya/common/http';

import type { OperationRequest } from '../execution';
import { HttpRefusal } from './http-refusal';
import { isJsonBody } from './media-types';

/** What a client sent: one operation, or a batch of them. */
export interface ReceivedRequest {
  readonly operations: readonly OperationRequest[];
  readonly isBatch: boolean;
}

export interface RequestLimits {
  readonly maxBodyBytes: number;
  /** Most operations of a batch; 1 switches batches off. */
  readonly maxBatch: number;
}

/** Reads the parameters of a GET or POST; HttpRefusal (400, 405, 415) or LIMIT_EXCEEDED when they are not in order. */
export async function readRequest(request: IncomingMessage, limits: RequestLimits): Promise<ReceivedRequest> {
  if (request.method === 'GET') return { operations: [checked(fromUrl(request.url ?? ''))], isBatch: false };
  if (request.method !== 'POST') {
    throw new HttpRefusal(405, 'The method must be GET or POST.', { allow: 'GET, POST' });
  }
  if (!isJsonBody(request.headers['content-type'])) {
    throw new HttpRefusal(415, 'The Content-Type must be application/json in UTF-8.');
  }
  const body = parseJson(await readBounded(request, limits.maxBodyBytes), 'body');
  if (Array.isArray(body) && limits.maxBatch > 1) return batchOf(body, limits);
  return { operations: [checked(asObject(body, 'body'))], isBatch: false };
}

function batchOf(body: readonly unknown[], { maxBatch }: RequestLimits): ReceivedRequest {
  if (body.length === 0) throw new HttpRefusal(400, 'body: a batch must have at least one operation');
  if (body.length > maxBatch) {
    const details = { limit: 'batch', maximum: maxBatch, actual: body.length };
    throw new LimitExceededError(
      `A batch may have at most ${maxBatch} operations; this one has ${body.length}.`,
      details,
    );
  }
  return { operations: body.map((entry) => checked(asObject(entry, 'body'))), isBatch: true };
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
    return text ? asObject(parseJson(text, name), name) : undefined;
  };
  return {
    query: search.get('query') ?? undefined,
    documentId: search.get('documentId') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, `${name}: must be JSON`);
  }
}

function asObject(value: unknown, name: string): Record<string, unknown> {
  if (!isObject(value)) throw new HttpRefusal(400, `${name}: must be a JSON object`);
  return value;
}

function checked(given: Record<string, unknown>): OperationRequest {
  const { query, documentId, operationName, variables, extensions } = given;
  if (!isStringOrNone(query)) throw new HttpRefusal(400, 'query: must be a string');
  if (!isStringOrNone(documentId)) throw new HttpRefusal(400, 'documentId: must be a string');
  if (!isStringOrNone(operationName)) throw new HttpRefusal(400, 'operationName: must be a string');
  if (!isObjectOrNone(variables)) throw new HttpRefusal(400, 'variables: must be a JSON object');
  if (!isObjectOrNone(extensions)) throw new HttpRefusal(400, 'extensions: must be a JSON object');
  const isPersisted = documentId != null || extensions?.persistedQuery != null;
  if (query == null && !isPersisted) throw new HttpRefusal(400, 'query: must be a string');
  return { query, documentId, operationName, variables, extensions };
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
