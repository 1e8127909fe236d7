import pino, { type DestinationStream, type Logger } from 'pino';

import { activeTraceIds } from '../telemetry';

export type { Logger };

/** Keys whose values never belong in a log, wherever they stand. */
const REDACTED = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'secret',
  'cookie',
  'email',
  'text',
];

/**
 * Structured JSON log on standard output. Lines written inside a trace carry its `trace_id` and `span_id`; secrets and
 * personal data are redacted by key, one level deep.
 */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => activeTraceIds(),
      redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
