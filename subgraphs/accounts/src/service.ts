import { createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createLoader, createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createRelay } from '@terakoya/common/outbox';
import { createQueues } from '@terakoya/common/queue';
import { createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import { AccountEntity } from './account/account.entity';
import { AccountService } from './account/account.service';
import type { AccountsConfig } from './config';
import { makeDemoAccounts } from './demo-accounts';
import { createAccountEvents } from './events';
import { createAccountsSchema } from './schema';
import { RefreshTokenEntity, SessionEntity } from './session/session.entity';
import { SessionService } from './session/session.service';

const SCHEMA = 'accounts';

/** Accounts and sessions: who is who, and who is signed in. */
export function createAccounts(config: AccountsConfig): Service {
  const logger = createLogger('accounts', config.LOG_LEVEL);
  const events = createAccountEvents(logger);
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: [AccountEntity, SessionEntity, RefreshTokenEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const { DATABASE_URL: databaseUrl } = config;
    await opened(createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger })).start();
    const accounts = new AccountService(database, events);
    const sessions = new SessionService(database, accounts, events, {
      accessTokens: createAccessTokens(config.ACCESS_TOKEN_SECRET),
      refreshSecret: config.REFRESH_TOKEN_SECRET,
      accessSeconds: config.ACCESS_TOKEN_LIFETIME_SECONDS,
      refreshDays: config.REFRESH_TOKEN_LIFETIME_DAYS,
    });
    await makeDemoAccounts(accounts, config);
    const host = createSubgraphHost({
      service: SCHEMA,
      host: config.HOST,
      port: config.PORT,
      schema: createAccountsSchema({ accounts, sessions }).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer) => ({
        viewer,
        users: createLoader(
          (ids) => accounts.findMany(viewer, ids),
          (account) => account.id,
        ),
      }),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready() },
      logger,
    });
    return opened(host).start();
  });
}
