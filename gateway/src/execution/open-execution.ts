import type { IdentityHeaders } from '@terakoya/common/auth';
import type { Logger } from '@terakoya/common/logging';

import { type Execution, createExecution } from './execution';
import { operationLimits, readSupergraph, subgraphUrls } from './execution-shape';
import { type SubgraphClient, createSubgraphClient } from './subgraphs/subgraph-client';

const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const CONNECTIONS = 64;
const MAX_PENDING = 2_000;

/** An execution, the connections beneath it and the subgraphs it asks. */
export interface OpenedExecution {
  readonly execution: Execution;
  readonly client: SubgraphClient;
  readonly subgraphs: readonly string[];
}

/** Opens an execution as the configuration says. `caller` is who asks the subgraphs. */
export function openExecution(
  config: Parameters<typeof readSupergraph>[0],
  caller: string,
  identityHeaders: IdentityHeaders,
  logger: Logger,
): OpenedExecution {
  const urls = subgraphUrls(config);
  const client = createSubgraphClient({
    urls,
    identityHeaders,
    caller,
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    connections: CONNECTIONS,
    maxPending: MAX_PENDING,
  });
  const execution = createExecution({
    supergraphSdl: readSupergraph(config),
    client,
    limits: operationLimits(config),
    introspection: config.INTROSPECTION,
    logger,
  });
  return { execution, client, subgraphs: [...urls.keys()] };
}
