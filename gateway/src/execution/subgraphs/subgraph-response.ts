import { SchoolError, UnavailableError } from '@terakoya/common/errors';

/** An error as a subgraph told it. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a subgraph answered: partial data and the errors that explain the rest. */
export interface SubgraphResponse {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphError[];
}

/**
 * Reads a subgraph's answer. A GraphQL response counts whatever its status; anything else is UNAVAILABLE (5xx) or
 * INTERNAL_SERVER_ERROR, with the status in the message.
 */
export function parseSubgraphResponse(subgraph: string, status: number, text: string): SubgraphResponse {
  const body = parseJson(text);
  if (!isRecord(body) || !('data' in body || Array.isArray(body.errors))) throw noGraphql(subgraph, status);
  const errors = Array.isArray(body.errors) ? body.errors.map(toSubgraphError) : [];
  if (status === 401) throw new SchoolError('INTERNAL_SERVER_ERROR', `${subgraph} does not trust this service.`);
  return { data: isRecord(body.data) ? body.data : null, errors };
}

function noGraphql(subgraph: string, status: number): SchoolError {
  const message = `${subgraph} gave an answer that is no GraphQL response (status ${status}).`;
  return status >= 500 ? new UnavailableError(message) : new SchoolError('INTERNAL_SERVER_ERROR', message);
}

function toSubgraphError(error: unknown): SubgraphError {
  if (!isRecord(error)) return { message: '' };
  return {
    message: typeof error.message === 'string' ? error.message : '',
    ...(Array.isArray(error.path) ? { path: error.path.filter(isPathKey) } : {}),
    ...(isRecord(error.extensions) ? { extensions: error.extensions } : {}),
  };
}

function isPathKey(key: unknown): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
