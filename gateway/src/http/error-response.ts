import type { ServerResponse } from 'node:http';

import type { SchoolError } from '@terakoya/common/errors';
import { sendJson } from '@terakoya/common/http';

import { HttpRefusal } from './http-refusal';
import type { RequestTrace } from './trace-headers';

/** HTTP statuses of errors that stop a request before it is read as GraphQL. */
const STATUS: Readonly<Partial<Record<string, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  LIMIT_EXCEEDED: 413,
  RATE_LIMITED: 429,
};

/** Answers a request that cannot be executed, in the form of a GraphQL response. */
export function sendError(response: ServerResponse, error: SchoolError, { traceId }: RequestTrace): void {
  const status = error instanceof HttpRefusal ? error.status : (STATUS[error.code] ?? 400);
  if (error instanceof HttpRefusal) response.setHeaders(new Map(Object.entries(error.headers)));
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (status === 413) response.setHeader('connection', 'close');
  sendJson(response, status, errorBody(error, { traceId }));
}

/** An error in the form of a GraphQL response. */
export function errorBody(error: SchoolError, { traceId }: Pick<RequestTrace, 'traceId'>): object {
  const extensions = { code: error.code, ...error.details, ...(traceId === null ? {} : { traceId }) };
  return { errors: [{ message: error.message, extensions }] };
}
