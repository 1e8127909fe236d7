import { type Viewer, createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import type { Service } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { testIdentity } from '@terakoya/common/testkit';

import { gatewayConfig } from '../src/config';
import { type OperationLimits, createExecution, createSubgraphClient, showsSchema } from '../src/execution';
import { createGateway } from '../src/service';
import { createLocalDocuments } from '../src/guards/documents/document-store';
import { type DocumentMode, createPersistedDocuments } from '../src/guards/documents/persisted-documents';

/** A graph that a gateway can stand before. */
interface TestGraph {
  readonly supergraphSdl: string;
  readonly urls: ReadonlyMap<string, string>;
}

export const ACCESS_SECRET = 'a-secret-of-tests-with-32-characters';
export const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's1' } as const;

export function tokenFor(lifetimeSeconds = 60, who: Partial<Viewer> = {}): string {
  return createAccessTokens(new Secret(ACCESS_SECRET)).sign({ ...viewer, ...who }, lifetimeSeconds).token;
}

export interface OpenGatewayOptions {
  readonly limits?: Partial<OperationLimits>;
  readonly documents?: { readonly mode: DocumentMode; readonly manifest: ReadonlyMap<string, string> };
}

/** A running gateway in front of a graph. */
export async function openGateway(
  graph: TestGraph,
  environment: Readonly<Record<string, string>> = {},
  options: OpenGatewayOptions = {},
): Promise<{ readonly base: string; readonly service: Service }> {
  const config = gatewayConfig.read({
    PORT: '0',
    LOG_LEVEL: 'silent',
    ACCESS_TOKEN_SECRET: ACCESS_SECRET,
    IDENTITY_SECRET: testIdentity.secret,
    REALTIME_URL: 'http://127.0.0.1:9',
    ...environment,
  });
  const logger = createLogger('gateway', 'silent');
  const client = createSubgraphClient({
    urls: graph.urls,
    identityHeaders: createIdentityHeaders(new Secret(testIdentity.secret)),
    caller: 'gateway',
    timeoutMs: 5_000,
    maxResponseBytes: 1_000_000,
    connections: 8,
    maxPending: 100,
  });
  const limits = { tokens: 2000, depth: 8, aliases: 5, rootFields: 4, fields: 500, ...options.limits };
  const documents = createPersistedDocuments({
    mode: 'automatic',
    manifest: new Map(),
    store: createLocalDocuments(),
    ...options.documents,
  });
  const execution = createExecution({
    supergraphSdl: graph.supergraphSdl,
    client,
    limits,
    introspection: showsSchema(config),
    documents,
    logger,
  });
  const service = createGateway(config, { opened: { execution, client, subgraphs: [...graph.urls.keys()] } });
  return { service, base: `http://127.0.0.1:${(await service.start()).port}` };
}
