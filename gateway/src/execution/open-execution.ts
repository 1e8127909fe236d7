import type { IdentityHeaders } from '@terakoya/common/auth';
import type { Logger } from '@terakoya/common/logging';

import { createLocalDocuments, createSharedDocuments } from '../guards/documents/document-store';
import { readDocumentManifest } from '../guards/documents/document-manifest';
import { type PersistedDocuments, createPersistedDocuments } from '../guards/documents/persisted-documents';
import { type Execution, createExecution } from './execution';
import { operationLimits, readSupergraph, showsSchema, subgraphUrls } from './execution-shape';
import { withNodes } from './nodes/nodes-subgraph';
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

/** Attempts at these are counted by address, which the gateway knows and the realtime server does not. */
const SERVED_OVER_HTTP = new Set(['signIn', 'signUp', 'refreshSession']);

/** Opens an execution as the configuration says. `caller` is who asks the subgraphs. Closing the client closes all of it. */
export function openExecution(
  config: Parameters<typeof readSupergraph>[0],
  caller: string,
  identityHeaders: IdentityHeaders,
  logger: Logger,
): OpenedExecution {
  const urls = subgraphUrls(config);
  const remote = createSubgraphClient({
    urls,
    identityHeaders,
    caller,
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    connections: CONNECTIONS,
    maxPending: MAX_PENDING,
  });
  const client = withNodes(remote, {
    showsUnknown: false,
    onUnexpected: (error) => logger.error({ err: error }, 'finding a node met something unexpected'),
  });
  const documents = openDocuments(config);
  const execution = createExecution({
    supergraphSdl: readSupergraph(config),
    client,
    limits: operationLimits(config),
    introspection: showsSchema(config),
    assumedListSize: config.ASSUMED_LIST_SIZE,
    documents,
    servedElsewhere: caller === 'gateway' ? new Set() : SERVED_OVER_HTTP,
    logger,
  });
  const close = async (): Promise<void> => void (await Promise.all([client.close(), documents.close()]));
  return { execution, client: { ...client, close }, subgraphs: [...urls.keys()] };
}

function openDocuments(config: Parameters<typeof readSupergraph>[0]): PersistedDocuments {
  const mode = config.PERSISTED_DOCUMENTS;
  const isShared = mode === 'automatic' && config.REDIS_URL !== undefined;
  return createPersistedDocuments({
    mode,
    manifest: mode === 'off' ? new Map() : readDocumentManifest(config.DOCUMENTS_FILE),
    store: isShared ? createSharedDocuments(config.REDIS_URL, config.REDIS_PREFIX) : createLocalDocuments(),
  });
}
