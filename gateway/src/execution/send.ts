import { withCallSpan } from '@terakoya/common/telemetry';

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
  const send = ({ subgraph, body, entities }: PreparedFetch) => {
    const attributes = { 'terakoya.subgraph': subgraph, 'terakoya.entities': entities };
    return withCallSpan(`gateway.fetch ${subgraph}`, attributes, (own) => {
      const traceparent = own ?? context.traceparent ?? null;
      return client.fetch({ subgraph, body, viewer, passedOn, isRepeatable, traceparent, signal });
    });
  };
  return async (fetch): Promise<FetchOutcome> => {
    try {
      return { response: await send(fetch) };
    } catch (error) {
      return { failure: failureOf(error, policy) };
    }
  };
}
