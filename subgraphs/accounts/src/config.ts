import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, flag, secret, serviceShape } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';

export const accountsConfig = defineConfig('accounts', {
  ...serviceShape(4101),
  ...databaseShape,
  ...redisShape,
  ...authShape,
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production refuses demo accounts.'),
  ACCESS_TOKEN_LIFETIME_SECONDS: z.coerce
    .number()
    .int()
    .min(30)
    .max(3600)
    .default(600)
    .describe('How long an access token is valid.'),
  REFRESH_TOKEN_LIFETIME_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('How long a session lasts unused.'),
  DEMO_ACCOUNTS: flag()
    .default(false)
    .describe('Makes the demo teacher, student and admin at start; never in production.'),
  DEMO_PASSWORD: secret(10).prefault('terakoya-demo').describe('Password of the demo accounts.'),
});

export type AccountsConfig = ConfigOf<typeof accountsConfig>;
