import { currentTraceparent, withSpan } from '@terakoya/common/telemetry';

import type { ExecutionContext } from './operation';
import type { FetchOutcome, PreparedFetch, Run } from './plan/run';
import { type ErrorPolicy, failureOf } from './response-errors';
import type { SubgraphClient } from './subgraphs/subgraph-client';

/** Sends the fetches of one execution: on behalf of its viewer, each in a span of its own. */
export function createSend(
  client: SubgraphClient,
  context: ExecutionContext,
  isRepeatable: boolean,
  policy: ErrorPolicy,
): Run['send'] {
  const { viewer, passedOn, signal } = context;
  const send = (fetch: PreparedFetch) => {
    const traceparent = currentTraceparent() ?? context.traceparent ?? null;
    const { subgraph, body } = fetch;
    return client.fetch({ subgraph, body, viewer, passedOn, isRepeatable, traceparent, signal });
  };
  return async (fetch): Promise<FetchOutcome> => {
    const attributes = { 'terakoya.subgraph': fetch.subgraph, 'terakoya.entities': fetch.entities };
    try {
      const span = { kind: 'client', attributes } as const;
      return { response: await withSpan(`gateway.fetch ${fetch.subgraph}`, span, () => send(fetch)) };
    } catch (error) {
      return { failure: failureOf(error, policy) };
    }
  };
}
