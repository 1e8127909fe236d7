import { join } from 'node:path';

import { prepareDatabase } from '@terakoya/common/database';
import type { Closable } from '@terakoya/common/lifecycle';
import { startPostgres, startRedis } from '@terakoya/common/local-servers';

import type { StartConfig } from './config';
import type { Backing } from './environment';
import type { Secrets } from './secrets';
import { SUBGRAPHS } from './services';

/** Roles and schemas: one for each subgraph, and one for the ledger of ai-proxy. */
const DATABASE_OWNERS = [...SUBGRAPHS, 'ai_proxy'];

/** Uses the database and Redis that are named, embeds those that are not, and prepares the roles and schemas. */
export async function startBacking(
  config: StartConfig,
  secrets: Secrets,
  dataDirectory: string,
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<Backing> {
  const [databaseUrl, redisUrl] = await Promise.all([
    config.DATABASE_URL ?? embedPostgres(config, dataDirectory, opened, report),
    config.REDIS_URL ?? embedRedis(config, dataDirectory, opened, report),
  ]);
  await prepareDatabase({
    adminUrl: databaseUrl,
    subgraphs: DATABASE_OWNERS,
    roleSecret: secrets.DATABASE_ROLE_SECRET,
  });
  return { databaseUrl, redisUrl, filesDirectory: join(dataDirectory, 'files') };
}

async function embedPostgres(
  config: StartConfig,
  dataDirectory: string,
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<string> {
  const server = await startPostgres({
    dataDirectory: join(dataDirectory, 'postgres'),
    port: config.POSTGRES_PORT,
    report,
  });
  opened({ close: () => server.stop() });
  return server.url;
}

async function embedRedis(
  config: StartConfig,
  dataDirectory: string,
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<string> {
  const server = await startRedis({ dataDirectory: join(dataDirectory, 'redis'), port: config.REDIS_PORT, report });
  opened({ close: () => server.stop() });
  return server.url;
}
