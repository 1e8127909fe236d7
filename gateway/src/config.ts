import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, flag, serviceShape, url } from '@terakoya/common/config';
import { originsShape } from '@terakoya/common/http';

import { executionShape } from './execution';
import { guardsShape } from './guards/guards-shape';

export const gatewayConfig = defineConfig('gateway', {
  ...serviceShape(4000),
  ...executionShape,
  ...originsShape,
  ...guardsShape,
  ACCESS_TOKEN_SECRET: authShape.ACCESS_TOKEN_SECRET,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  REALTIME_URL: url('http')
    .default('http://127.0.0.1:3001')
    .describe('Where WebSocket connections and event streams of /graphql are passed on to.'),
  MAX_BODY_BYTES: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(100_000)
    .describe('Largest request body in bytes; more is answered with 413.'),
  MAX_WEBSOCKETS: z.coerce
    .number()
    .int()
    .min(1)
    .default(10_000)
    .describe('Most WebSocket connections that are passed on at a time.'),
  MAX_EVENT_STREAMS: z.coerce
    .number()
    .int()
    .min(1)
    .default(10_000)
    .describe('Most event streams that are passed on at a time.'),
  EXPLORER: flag()
    .optional()
    .describe('Whether GET /graphql shows browsers GraphiQL; without it, it does unless NODE_ENV is production.'),
});

export type GatewayConfig = ConfigOf<typeof gatewayConfig>;
