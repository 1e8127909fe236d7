import { Pool, errors as undiciErrors } from 'undici';

import { IDENTITY_HEADER, type IdentityHeaders, type Viewer } from '@terakoya/common/auth';
import { SchoolError, TimedOutError, UnavailableError, systemCodeOf } from '@terakoya/common/errors';
import { withTimeout } from '@terakoya/common/lifecycle';

import { type SubgraphResponse, parseSubgraphResponse } from './subgraph-response';

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer | null;
  /** Headers that go on as they are, where no identity is signed. */
  readonly passedOn?: Readonly<Record<string, string>>;
  /** It changes nothing, so it may be sent again when its connection broke. */
  readonly isRepeatable: boolean;
  readonly traceparent: string | null;
  readonly signal?: AbortSignal;
}

/** How subgraphs are reached. */
export interface SubgraphClient {
  /** The subgraph's response; throws a SchoolError (UNAVAILABLE, TIMED_OUT, …) when there is none. */
  fetch(request: SubgraphRequest): Promise<SubgraphResponse>;
  /** Resolves when the subgraph answers at `/health`. */
  check(subgraph: string): Promise<void>;
  close(): Promise<void>;
}

export interface SubgraphClientOptions {
  /** The GraphQL URL of each subgraph by name. */
  readonly urls: ReadonlyMap<string, string>;
  /** Signs who is asking; null where subgraphs are told by the headers that are passed on. */
  readonly identityHeaders: IdentityHeaders | null;
  /** Who asks the subgraphs: `gateway` or `realtime`. */
  readonly caller: string;
  /** How long a subgraph may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest response body in bytes. */
  readonly maxResponseBytes: number;
  /** Most connections to one subgraph. */
  readonly connections: number;
}

interface Target {
  readonly name: string;
  readonly path: string;
  readonly pool: Pool;
}

/** Asks subgraphs over HTTP through one pool of kept-alive connections each. */
export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const targets = new Map([...options.urls].map(([name, url]) => [name, targetOf(name, url, options)]));
  const target = (name: string): Target => {
    const found = targets.get(name);
    if (!found) throw new UnavailableError(`No address is known of ${name}.`);
    return found;
  };
  return {
    fetch: (request) => send(target(request.subgraph), request, options),
    check: (name) => checkHealth(target(name)),
    close: async () => void (await Promise.all([...targets.values()].map(({ pool }) => pool.destroy()))),
  };
}

function targetOf(name: string, url: string, options: SubgraphClientOptions): Target {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: options.connections,
    keepAliveTimeout: 4_000, // below the 5 s after which Node.js servers close an idle connection
    connectTimeout: Math.min(options.timeoutMs, 3_000),
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    maxResponseSize: options.maxResponseBytes,
  });
  return { name, path: pathname + search, pool };
}

async function send(target: Target, request: SubgraphRequest, options: SubgraphClientOptions) {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(options.identityHeaders
      ? { [IDENTITY_HEADER]: options.identityHeaders.sign({ caller: options.caller, viewer: request.viewer }) }
      : request.passedOn),
    ...(request.traceparent === null ? {} : { traceparent: request.traceparent }),
  };
  const { query, operationName, variables } = request;
  const body = JSON.stringify({ query, operationName, variables });
  const attempt = () => post(target, headers, body, options, request.signal);
  try {
    return await attempt();
  } catch (error) {
    if (request.isRepeatable && wasConnectionLost(error)) return attempt();
    throw error;
  }
}

async function post(
  target: Target,
  headers: Record<string, string>,
  body: string,
  { timeoutMs }: SubgraphClientOptions,
  signal: AbortSignal | undefined,
): Promise<SubgraphResponse> {
  try {
    return await withTimeout(target.name, timeoutMs, async (late) => {
      const response = await target.pool.request({
        method: 'POST',
        path: target.path,
        headers,
        body,
        signal: signal ? AbortSignal.any([signal, late]) : late,
      });
      return parseSubgraphResponse(target.name, response.statusCode, await response.body.text());
    });
  } catch (error) {
    throw toSchoolError(target.name, timeoutMs, error, signal);
  }
}

function toSchoolError(name: string, timeoutMs: number, error: unknown, signal: AbortSignal | undefined): SchoolError {
  if (error instanceof SchoolError) return error;
  if (signal?.aborted) return new SchoolError('CANCELLED', 'The request was cancelled.', { cause: error });
  if (error instanceof undiciErrors.ResponseExceededMaxSizeError) {
    return new SchoolError('LIMIT_EXCEEDED', `The answer of ${name} is too large.`, { cause: error });
  }
  const isLate = error instanceof undiciErrors.HeadersTimeoutError || error instanceof undiciErrors.BodyTimeoutError;
  if (isLate) return new TimedOutError(name, timeoutMs, error);
  return new UnavailableError(`${name} cannot be reached just now.`, error);
}

/** The server closed a kept-alive connection while the request was on its way. */
function wasConnectionLost(error: unknown): boolean {
  const cause = error instanceof SchoolError ? error.cause : error;
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(systemCodeOf(cause));
}

async function checkHealth({ name, pool }: Target): Promise<void> {
  const response = await pool.request({ method: 'GET', path: '/health', signal: AbortSignal.timeout(1_500) });
  await response.body.dump();
  if (response.statusCode !== 200) throw new UnavailableError(`${name} is not healthy.`);
}
