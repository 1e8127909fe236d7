import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation, type UndiciRequest } from '@opentelemetry/instrumentation-undici';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NoopSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

import type { TelemetryConfig } from './config';
import { LatePropagator } from './late-propagator';
import { createResource } from './resource';

/** Tracing that runs. */
export interface StartedTelemetry {
  readonly resource: Resource;
  /** Where finished spans go. */
  readonly processor: SpanProcessor;
  readonly propagator: LatePropagator;
  /** Sends what is still held, and ends it. */
  shutdown(): Promise<void>;
}

/** Starts tracing in this process: what is loaded from now on is instrumented. */
export function startTelemetry(config: TelemetryConfig): StartedTelemetry {
  const resource = createResource(config);
  const processor = processorTo(config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const propagator = new LatePropagator();
  const sdk = new NodeSDK({
    textMapPropagator: propagator,
    resource,
    autoDetectResources: false,
    sampler: samplerOf(config),
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
  return { resource, processor, propagator, shutdown: () => sdk.shutdown() };
}

/** New traces begin with a span of ours. Where late ones are kept, it is begun here only when it is to be sampled. */
function samplerOf({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_TRACES_SAMPLER_ARG: share,
}: TelemetryConfig): Sampler {
  const root = endpoint === undefined ? new TraceIdRatioBasedSampler(share) : new AlwaysOnSampler();
  return new ParentBasedSampler({ root });
}

/** Whoever sends a `traceparent` has made the span itself; a second header would break the trace. */
function carriesTraceparent({ headers }: UndiciRequest): boolean {
  return Array.isArray(headers) ? headers.includes('traceparent') : /^traceparent:/im.test(String(headers));
}

/** Without an endpoint spans are still made, so that logs and errors carry their ids. */
function processorTo(endpoint: string | undefined): SpanProcessor {
  if (endpoint === undefined) return new NoopSpanProcessor();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5_000 });
  return new BatchSpanProcessor({ exporter, scheduledDelayMillis: 500, maxQueueSize: 16_384, maxExportBatchSize: 512 });
}
