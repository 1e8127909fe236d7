import { z } from 'zod';

import { type ConfigOf, defineConfig, flag, port, url } from '@terakoya/common/config';

const numbered = (value: number, what: string) =>
  port().default(value).describe(`Port of ${what}; 0 lets the system choose.`);

/** What `npm start` reads from the environment and from `.env`. */
export const startConfig = defineConfig('npm start', {
  TERAKOYA_DATA: z
    .string()
    .default('.data')
    .describe('Folder of the embedded database, Redis, files, secrets and logs.'),
  DATABASE_URL: url('postgres', 'postgresql')
    .optional()
    .describe('PostgreSQL 15 or newer, as a user that may create roles; without it one is embedded.'),
  REDIS_URL: url('redis', 'rediss').optional().describe('Redis 7 or newer; without it one is embedded.'),
  FILE_STORAGE_ENDPOINT: url('http', 'https')
    .optional()
    .describe('S3 endpoint (MinIO, AWS, …); without it files are kept on disk.'),
  MINIO_ENDPOINT: url('http', 'https').optional().describe('Older name of FILE_STORAGE_ENDPOINT.'),
  LOG_LEVEL: z.string().default('info').describe('Least severity that is logged.'),
  APP_PORT: numbered(3000, 'the web app'),
  REALTIME_PORT: numbered(3001, 'the realtime server'),
  GATEWAY_PORT: numbered(4000, 'the gateway: the one GraphQL URL'),
  ACCOUNTS_PORT: numbered(4101, 'accounts'),
  CLASSES_PORT: numbered(4102, 'classes'),
  FILES_PORT: numbered(4103, 'files'),
  NOTES_PORT: numbered(4104, 'notes'),
  ASSISTANT_PORT: numbered(4105, 'assistant'),
  MEETINGS_PORT: numbered(4106, 'meetings'),
  NOTES_WORKER_PORT: numbered(4201, 'notes-worker'),
  OCR_WORKER_PORT: numbered(4202, 'ocr-worker'),
  AI_PROXY_PORT: numbered(4203, 'ai-proxy'),
  MEDIA_PORT: numbered(4301, 'the media node'),
  RECORDING_WORKER_PORT: numbered(4304, 'recording-worker'),
  TRACES_PORT: numbered(4318, 'the trace view'),
  PROBE_PORT: numbered(4319, 'the probe'),
  PROBE: flag()
    .default(false)
    .describe('true starts the synthetic check: sign in, import a page, read it, join a meeting.'),
  FILE_STORAGE_PORT: numbered(9000, 'the embedded file store'),
  POSTGRES_PORT: numbered(0, 'the embedded PostgreSQL'),
  REDIS_PORT: numbered(0, 'the embedded Redis'),
});

export type StartConfig = ConfigOf<typeof startConfig>;

/** Every port chosen by the system: for tests and for a second school on one machine. */
export const FREE_PORTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(startConfig.shape)
    .filter((name) => name.endsWith('_PORT'))
    .map((name) => [name, '0']),
);
