import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import type { Service } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { testIdentity } from '@terakoya/common/testkit';

import { gatewayConfig } from '../src/config';
import { createExecution, createSubgraphClient, showsSchema } from '../src/execution';
import { createGateway } from '../src/service';
import type { TinyGraph } from './tiny-graph';

export const ACCESS_SECRET = 'a-secret-of-tests-with-32-characters';
export const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's1' } as const;

export function tokenFor(lifetimeSeconds = 60): string {
  return createAccessTokens(new Secret(ACCESS_SECRET)).sign(viewer, lifetimeSeconds).token;
}

/** A running gateway in front of the tiny graph. */
export async function openGateway(
  graph: TinyGraph,
  environment: Readonly<Record<string, string>> = {},
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
  const limits = { tokens: 2000, depth: 8, aliases: 5, rootFields: 4, fields: 500 };
  const execution = createExecution({
    supergraphSdl: graph.supergraphSdl,
    client,
    limits,
    introspection: showsSchema(config),
    logger,
  });
  const service = createGateway(config, { opened: { execution, client, subgraphs: [...graph.urls.keys()] } });
  return { service, base: `http://127.0.0.1:${(await service.start()).port}` };
}
