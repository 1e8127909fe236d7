import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { originsShape } from '@terakoya/common/http';
import { redisShape } from '@terakoya/common/redis';
import { executionShape } from '@terakoya/gateway/execution';

const count = (value: number, what: string) => z.coerce.number().int().min(1).default(value).describe(what);

export const realtimeConfig = defineConfig('realtime', {
  ...serviceShape(3001),
  ...executionShape,
  ...originsShape,
  ...redisShape,
  ACCESS_TOKEN_SECRET: authShape.ACCESS_TOKEN_SECRET,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  MAX_CONNECTIONS: count(10_000, 'Most connections (WebSockets and event streams) at a time.'),
  MAX_CONNECTIONS_PER_USER: count(50, 'Most connections of one user at a time.'),
  MAX_SUBSCRIPTIONS: count(50, 'Most operations that run on one connection at a time.'),
  MAX_SUBSCRIPTIONS_PER_USER: count(500, 'Most subscriptions of one user at a time.'),
  MAX_MESSAGE_BYTES: count(100_000, 'Largest message a client may send, in bytes.'),
  MAX_QUEUED_EVENTS: count(
    5_000,
    'Events that may wait to be executed, or results while what was missed is replayed, before it is too slow.',
  ),
  MAX_BUFFERED_BYTES: count(4_000_000, 'Bytes that may wait for one connection before it counts as too slow.'),
  CONNECTION_INIT_MS: count(3_000, 'How long a client may take to say who it is, in milliseconds.'),
  PING_MS: count(15_000, 'How often a connection is asked whether it lives, in milliseconds.'),
});

export type RealtimeConfig = ConfigOf<typeof realtimeConfig>;
