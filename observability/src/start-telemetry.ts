import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation, type UndiciRequest } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  BatchSpanProcessor,
  NoopSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

import type { TelemetryConfig } from './config';

/** Paths that are asked every few seconds and tell nothing in a trace. */
const UNTRACED = /^\/(health|ready|metrics)(\?|$)/;

/** Starts tracing in this process; spans still held are sent when the process ends. */
export function startTelemetry(config: TelemetryConfig): void {
  const sdk = new NodeSDK({
    serviceName: config.OTEL_SERVICE_NAME,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.OTEL_TRACES_SAMPLER_ARG) }),
    spanProcessors: [processorTo(config.OTEL_EXPORTER_OTLP_ENDPOINT)],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url, method }) => UNTRACED.test(url ?? '') || method === 'OPTIONS',
        requireParentforOutgoingSpans: true,
      }),
      new UndiciInstrumentation({ requireParentforSpans: true, ignoreRequestHook: carriesTraceparent }),
      new PgInstrumentation({ requireParentSpan: true }),
      // Arguments of commands carry payloads, and those carry pupils' texts: the command's name is enough.
      new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
    ],
  });
  sdk.start();
  process.once('beforeExit', () => void sdk.shutdown());
}

/** Whoever sends a `traceparent` has made the span itself; a second header would break the trace. */
function carriesTraceparent({ headers }: UndiciRequest): boolean {
  return Array.isArray(headers) ? headers.includes('traceparent') : /^traceparent:/im.test(String(headers));
}

/** Without an endpoint spans are still made, so that logs and errors carry their ids. */
function processorTo(endpoint: string | undefined): SpanProcessor {
  if (!endpoint) return new NoopSpanProcessor();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5_000 });
  return new BatchSpanProcessor({ exporter, scheduledDelayMillis: 500, maxQueueSize: 16_384, maxExportBatchSize: 512 });
}
