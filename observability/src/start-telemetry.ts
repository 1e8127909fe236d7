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
import { createResource } from './resource';

/** How long spans and log lines that are still held may take to be sent when the process ends. */
const FLUSH_MS = 2_000;

/** Starts tracing in this process, and logs over OTLP; what is still held is sent when the process ends. */
export function startTelemetry(config: TelemetryConfig): void {
  const resource = createResource(config);
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '');
  const processor = processorTo(endpoint);
  const sdk = new NodeSDK({
    resource,
    autoDetectResources: false,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.OTEL_TRACES_SAMPLER_ARG) }),
    spanProcessors: [processor],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      // Requests that come in have a span of our own: common/http/observe-request.ts.
      new HttpInstrumentation({ disableIncomingRequestInstrumentation: true, requireParentforOutgoingSpans: true }),
      new UndiciInstrumentation({ requireParentforSpans: true, ignoreRequestHook: carriesTraceparent }),
      new PgInstrumentation({ requireParentSpan: true }),
      // Arguments of commands carry payloads, and those carry pupils' texts: the command's name is enough.
      new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
    ],
  });
  sdk.start();
  const closing = [() => sdk.shutdown(), ...keepTheRest(config, { resource, processor, endpoint })];
  process.once('beforeExit', () => void flush(closing));
}

/** What uses parts of ours is loaded when libraries are instrumented: they would be missed otherwise. */
function keepTheRest(
  config: TelemetryConfig,
  {
    resource,
    processor,
    endpoint,
  }: Pick<LogLinesOptions, 'resource'> & {
    readonly processor: SpanProcessor;
    readonly endpoint: string | undefined;
  },
): readonly (() => Promise<void>)[] {
  if (endpoint === undefined) return [];
  const { keepLateTraces } = require('@terakoya/common/telemetry') as typeof import('@terakoya/common/telemetry');
  const { createLateTraces } = require('./late-traces') as typeof import('./late-traces');
  keepLateTraces(createLateTraces(config.TRACES_SLOW_MS, resource, processor));
  if (!config.OTLP_LOGS) return [];
  const { sendLogLines } = require('./log-lines') as typeof import('./log-lines');
  return [sendLogLines({ endpoint, resource })];
}

type LogLinesOptions = Parameters<typeof import('./log-lines').sendLogLines>[0];

/** Ends all at the same time; what cannot be sent in time is lost, as the process must end. */
async function flush(closing: readonly (() => Promise<void>)[]): Promise<void> {
  const late = setTimeout(() => process.exit(), FLUSH_MS);
  await Promise.allSettled(closing.map((close) => close()));
  clearTimeout(late);
}

/** Whoever sends a `traceparent` has made the span itself; a second header would break the trace. */
function carriesTraceparent({ headers }: UndiciRequest): boolean {
  return Array.isArray(headers) ? headers.includes('traceparent') : /^traceparent:/im.test(String(headers));
}

/** Without an endpoint spans are still made, so that logs and errors carry their ids. */
function processorTo(endpoint: string | undefined): SpanProcessor {
  if (endpoint === undefined) return new NoopSpanProcessor();
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: 5_000 });
  return new BatchSpanProcessor({ exporter, scheduledDelayMillis: 500, maxQueueSize: 16_384, maxExportBatchSize: 512 });
}
