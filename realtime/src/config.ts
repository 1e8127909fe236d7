import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, commaList, defineConfig, serviceShape } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { subgraphUrlShape } from '@terakoya/gateway/execution';

export const realtimeConfig = defineConfig('realtime', {
  ...serviceShape(3001),
  ...subgraphUrlShape,
  ...redisShape,
  ACCESS_TOKEN_SECRET: authShape.ACCESS_TOKEN_SECRET,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  CORS_ORIGINS: commaList()
    .prefault('http://localhost:3000')
    .describe('Pages that may use the school from a browser, by comma.'),
});

export type RealtimeConfig = ConfigOf<typeof realtimeConfig>;
