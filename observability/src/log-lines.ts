import { type Attributes, ROOT_CONTEXT, SeverityNumber, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import type { Resource } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';

import { onLogLine } from '@terakoya/common/logging';

const SEVERITIES: Readonly<Record<string, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
};

/**
 * Sends every line of this process's logs over OTLP too, exactly as it was written: what was redacted stays so. Returns
 * the function that sends what is left and ends it.
 */
export function sendLogLines({
  endpoint,
  resource,
}: {
  readonly endpoint: string;
  readonly resource: Resource;
}): () => Promise<void> {
  const exporter = new OTLPLogExporter({ url: `${endpoint}/v1/logs`, timeoutMillis: 5_000 });
  const processor = new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 500, maxQueueSize: 4_096 });
  const provider = new LoggerProvider({ resource, processors: [processor] });
  const logger = provider.getLogger('terakoya');
  onLogLine((line) => {
    const { level, time, msg, service, trace_id, span_id, ...rest } = JSON.parse(line) as Record<string, unknown>; // pino made it
    logger.emit({
      severityText: String(level),
      severityNumber: SEVERITIES[String(level)] ?? SeverityNumber.UNSPECIFIED,
      body: typeof msg === 'string' ? msg : '',
      timestamp: new Date(String(time)),
      attributes: attributesOf({ 'terakoya.logger': service, ...rest }),
      context: contextOf(trace_id, span_id),
    });
  });
  return () => provider.shutdown();
}

/** The ids of the line, not those of whatever runs when it is written out. */
function contextOf(traceId: unknown, spanId: unknown) {
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.NONE });
}

/** Flat values as they are, `err` in the names of the semantic conventions, whatever else is nested as JSON. */
function attributesOf(fields: Readonly<Record<string, unknown>>): Attributes {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'err' && typeof value === 'object' && value !== null) Object.assign(attributes, exceptionOf(value));
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      attributes[key] = value;
    else if (value !== null && value !== undefined) attributes[key] = JSON.stringify(value);
  }
  return attributes;
}

function exceptionOf(error: { type?: unknown; message?: unknown; stack?: unknown; code?: unknown }): Attributes {
  const named = { type: error.type, message: error.message, stacktrace: error.stack, code: error.code };
  return Object.fromEntries(
    Object.entries(named).flatMap(([key, value]) => (typeof value === 'string' ? [[`exception.${key}`, value]] : [])),
  );
}
