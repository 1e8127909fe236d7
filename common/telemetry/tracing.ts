import {
  type Attributes,
  type Context,
  type Link,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  context,
  createContextKey,
  propagation,
  trace,
} from '@opentelemetry/api';

import { isSchoolError } from '../errors';

export type SpanAttributes = Attributes;

export interface SpanOptions {
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: SpanAttributes;
  /** The trace this span continues; without it, the active one. */
  readonly traceparent?: string | null;
  /** Other traces this work belongs to, by `traceparent`. */
  readonly links?: readonly string[];
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const tracer = trace.getTracer('terakoya');

/** Runs `work` inside a span that ends with it; a thrown error marks the span. */
export async function withSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const parent = parentOf(options.traceparent);
  return tracer.startActiveSpan(name, spanOptions(options), parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: isSchoolError(error) ? error.code : 'unexpected' });
      if (error instanceof Error) span.recordException({ name: error.name, message: '', stack: error.stack ?? '' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Records a span whose times were taken elsewhere, such as in a thread. Times are milliseconds since the epoch. */
export function recordSpan(name: string, options: SpanOptions & { startedAt: number; endedAt: number }): void {
  const span = tracer.startSpan(
    name,
    { ...spanOptions(options), startTime: options.startedAt },
    parentOf(options.traceparent),
  );
  span.end(options.endedAt);
}

/** Continues the trace named by `traceparent` without a span of its own. */
export function withTraceparent<T>(traceparent: string | null | undefined, work: () => T): T {
  return context.with(parentOf(traceparent), work);
}

/** The key by which OpenTelemetry's SDK and instrumentations know that nothing is to be traced. */
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Runs `work` so that libraries inside it make no spans of their own and propagate nothing; `resume` runs a part of it
 * as if it stood outside again.
 */
export function withoutSpans<T>(work: (resume: <R>(part: () => R) => R) => T): T {
  const outside = context.active();
  return context.with(outside.setValue(SUPPRESSED, true), () => work((part) => context.with(outside, part)));
}

/** The active span as a W3C `traceparent`, or null outside a trace. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** The ids that log lines carry; empty outside a trace. */
export function activeTraceIds(): { trace_id?: string; span_id?: string } {
  const span = trace.getSpanContext(context.active());
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** The ids of the active span when its trace is exported; empty otherwise, as an exemplar must open something. */
export function sampledTraceIds(): Record<string, string> {
  const span = trace.getSpanContext(context.active());
  const isSampled = span !== undefined && (span.traceFlags & TraceFlags.SAMPLED) !== 0;
  return isSampled ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** Adds facts to the active span; never personal data, text or variables. */
export function setSpanAttributes(attributes: SpanAttributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

function spanOptions(options: SpanOptions) {
  return {
    kind: KINDS[options.kind ?? 'internal'],
    attributes: options.attributes ?? {},
    links: (options.links ?? []).map(spanContextOf).filter((link): link is Link => link !== undefined),
  };
}

function parentOf(traceparent: string | null | undefined): Context {
  if (!traceparent) return context.active();
  return propagation.extract(context.active(), { traceparent });
}

function spanContextOf(traceparent: string): Link | undefined {
  const found: SpanContext | undefined = trace.getSpanContext(parentOf(traceparent));
  return found ? { context: found } : undefined;
}
