import { keepLateTraces, propagatedContext } from '@terakoya/common/telemetry';

import type { TelemetryConfig } from './config';
import { createLateTraces } from './late-traces';
import { sendLogLines } from './log-lines';
import type { StartedTelemetry } from './start-telemetry';

/** How long what is still held may take to be sent when the process ends. */
const FLUSH_MS = 2_000;

/**
 * Has what sampled spans do not tell exported too: late spans and log lines. Loaded after tracing has begun, as it loads
 * parts that are instrumented. When the process ends, what is still held is sent.
 */
export function exportTheRest(config: TelemetryConfig, started: StartedTelemetry): void {
  const { resource, processor, propagator } = started;
  const closing = [() => started.shutdown()];
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '');
  if (endpoint !== undefined) {
    propagator.tellOf(propagatedContext);
    keepLateTraces(createLateTraces(config, resource, processor));
    if (config.OTLP_LOGS) closing.push(sendLogLines({ endpoint, resource }));
  }
  process.once('beforeExit', () => void flush(closing));
}

/** What cannot be sent in time is lost, as the process must end. */
async function flush(closing: readonly (() => Promise<void>)[]): Promise<void> {
  const late = setTimeout(() => process.exit(), FLUSH_MS);
  await Promise.allSettled(closing.map((close) => close()));
  clearTimeout(late);
}
