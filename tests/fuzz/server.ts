/**
 * A gateway and a realtime server in one process that a fuzz may try to break: the real services on the real supergraph,
 * before subgraphs that answer by themselves. Tells its parent the port, and its memory after a collection when asked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createLogger } from '@terakoya/common/logging';

import { gatewayConfig } from '../../gateway/src/config';
import { createExecution } from '../../gateway/src/execution';
import { createLocalDocuments } from '../../gateway/src/guards/documents/document-store';
import { readDocumentManifest } from '../../gateway/src/guards/documents/document-manifest';
import { createPersistedDocuments } from '../../gateway/src/guards/documents/persisted-documents';
import { createGateway } from '../../gateway/src/service';
import { realtimeConfig } from '../../realtime/src/config';
import { createRealtime } from '../../realtime/src/service';
import { inProcessClient } from './graph-in-process';

const gatewayFolder = join(__dirname, '..', '..', 'gateway');
const SECRET = process.argv[2] ?? '';
const WITHOUT_LIMIT = '1000000000';

async function main(): Promise<void> {
  const shared = { PORT: '0', LOG_LEVEL: 'silent', ACCESS_TOKEN_SECRET: SECRET, IDENTITY_SECRET: SECRET };
  const opened = openGraph();
  const realtime = createRealtime(
    realtimeConfig.read({ ...shared, REDIS_URL: 'redis://127.0.0.1:1', CONNECTION_INIT_MS: '500' }),
    { opened, source: NO_EVENTS },
  );
  const { port: realtimePort } = await realtime.start();
  const gateway = createGateway(
    gatewayConfig.read({
      ...shared,
      REALTIME_URL: `http://127.0.0.1:${realtimePort}`,
      RATE_LIMIT_PER_ADDRESS: '0',
      ATTEMPTS_PER_ADDRESS: WITHOUT_LIMIT,
    }),
    { opened },
  );
  const { port } = await gateway.start();
  process.on('message', () => {
    globalThis.gc?.();
    process.send?.({ heapBytes: process.memoryUsage().heapUsed });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}

/** No event ever comes, and there is none to go back to. */
const NO_EVENTS = {
  listen: (domains: readonly string[]) => Promise.resolve(new Map(domains.map((domain) => [domain, '0-0']))),
  replay: () => Promise.resolve(),
  readSince: () => Promise.resolve(),
  ready: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function openGraph() {
  const client = inProcessClient();
  const execution = createExecution({
    supergraphSdl: readFileSync(join(gatewayFolder, 'supergraph.graphql'), 'utf8'),
    client,
    limits: { tokens: 2_000, depth: 15, aliases: 50, rootFields: 20, fields: 1_000, directives: 50, cost: 10_000 },
    introspection: true,
    documents: createPersistedDocuments({
      mode: 'automatic',
      manifest: readDocumentManifest(join(gatewayFolder, 'documents.json')),
      store: createLocalDocuments(),
    }),
    logger: createLogger('fuzz', 'silent'),
  });
  return { execution, client, subgraphs: [] };
}

void main();
