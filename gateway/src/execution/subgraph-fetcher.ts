import { GraphQLError } from 'graphql';
import { Pool } from 'undici';
import { z } from 'zod';

import { IDENTITY_HEADER, type IdentityHeaders, type Viewer } from '@terakoya/common/auth';
import { messageOf } from '@terakoya/common/errors';
import { counter, histogram } from '@terakoya/common/telemetry';

/** On whose behalf subgraphs are asked. */
export interface FetchContext {
  readonly viewer: Viewer | null;
}

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface SubgraphResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
}

/** Asks subgraphs. What goes wrong on the way is a GraphQLError with UNAVAILABLE or TIMED_OUT. */
export interface Fetcher {
  fetch(subgraph: string, request: SubgraphRequest, context: FetchContext): Promise<SubgraphResponse>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 15_000;
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

const responseSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
});

const took = histogram('terakoya_subgraph_seconds', 'Time a subgraph took to answer.', ['subgraph', 'outcome']);
const failed = counter('terakoya_subgraph_failures_total', 'Requests that a subgraph did not answer as GraphQL.', [
  'subgraph',
]);

/** Keeps connections to each subgraph open, and says who is asking in a signed header. */
export function createSubgraphFetcher(
  urls: Readonly<Record<string, string>>,
  caller: string,
  identityHeaders: IdentityHeaders,
): Fetcher {
  const pools = new Map(Object.entries(urls).map(([name, url]) => [name, openPool(url)]));
  return {
    async fetch(subgraph, request, { viewer }) {
      const target = pools.get(subgraph);
      if (!target) throw unavailable(subgraph, 'is not configured');
      const ended = took.startTimer({ subgraph });
      try {
        const { statusCode, body } = await target.pool.request({
          method: 'POST',
          path: target.path,
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json, application/json',
            [IDENTITY_HEADER]: identityHeaders.sign({ caller, viewer }),
          },
          body: JSON.stringify(request),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const parsed = responseSchema.safeParse(parseJson(await body.text()));
        if (!parsed.success) throw unavailable(subgraph, `answered ${statusCode} and no GraphQL`);
        ended({ outcome: 'answered' });
        return parsed.data;
      } catch (error) {
        ended({ outcome: 'failed' });
        failed.inc({ subgraph });
        throw error instanceof GraphQLError ? error : translate(subgraph, error);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()));
    },
  };
}

function openPool(url: string): { readonly pool: Pool; readonly path: string } {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: 64,
    keepAliveTimeout: 30_000,
    connectTimeout: 3_000,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });
  return { pool, path: pathname };
}

function translate(subgraph: string, error: unknown): GraphQLError {
  const isLate = /timeout|aborted/i.test(`${messageOf(error)} ${error instanceof Error ? error.name : ''}`);
  return isLate
    ? new GraphQLError(`${subgraph} did not answer in time.`, { extensions: { code: 'TIMED_OUT' } })
    : unavailable(subgraph, 'cannot be reached');
}

function unavailable(subgraph: string, why: string): GraphQLError {
  return new GraphQLError(`${subgraph} ${why}: try again later.`, { extensions: { code: 'UNAVAILABLE' } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
