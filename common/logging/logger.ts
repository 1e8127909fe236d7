import pino, { type DestinationStream, type Logger } from 'pino';

import { activeTraceIds } from '../telemetry';
import { redact, scrub } from './redact';

export type { Logger };

let tell: ((line: string) => void) | undefined;

/** Hands every line that this process logs to a second reader too; there is one at most. */
export function onLogLine(reader: (line: string) => void): void {
  tell = reader;
}

/**
 * Structured JSON log on standard output. Lines written inside a trace carry its `trace_id` and `span_id`; secrets and
 * personal data are redacted (`redact`, `scrub`).
 */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => redact(fields) },
      serializers: { err: (value: unknown) => value }, // `redact` has described it
      hooks: { streamWrite: scrub },
      mixin: () => activeTraceIds(),
    },
    toBoth(destination ?? pino.destination({ dest: 1, sync: false })),
  );
}

function toBoth(destination: DestinationStream & { flushSync?: () => void }): DestinationStream {
  return Object.assign(Object.create(destination) as DestinationStream, {
    write(line: string) {
      destination.write(line);
      tell?.(line);
    },
    flushSync: () => destination.flushSync?.(),
  });
}
