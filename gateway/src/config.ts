import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, commaList, defineConfig, flag, serviceShape, url } from '@terakoya/common/config';

import { subgraphUrlShape } from './execution';

const limit = (value: number, what: string) => z.coerce.number().int().positive().default(value).describe(what);

export const gatewayConfig = defineConfig('gateway', {
  ...serviceShape(4000),
  ...subgraphUrlShape,
  ACCESS_TOKEN_SECRET: authShape.ACCESS_TOKEN_SECRET,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  REALTIME_URL: url('http', 'https')
    .default('http://127.0.0.1:3001')
    .describe('Where realtime is: WebSockets are passed on to it.'),
  CORS_ORIGINS: commaList()
    .prefault('http://localhost:3000')
    .describe('Pages that may use the school from a browser, by comma.'),
  EXPLORER: flag().default(true).describe('Shows the GraphQL explorer to browsers; turn it off where nobody develops.'),
  MAX_BODY_BYTES: limit(100_000, 'Largest request body in bytes.'),
  MAX_DEPTH: limit(12, 'Deepest nesting of an operation.'),
  MAX_ALIASES: limit(30, 'Most aliases of an operation.'),
  MAX_ROOT_FIELDS: limit(20, 'Most root fields of an operation.'),
  MAX_TOKENS: limit(2_000, 'Most tokens of a document.'),
});

export type GatewayConfig = ConfigOf<typeof gatewayConfig>;
