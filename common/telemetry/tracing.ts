import {
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  context,
  propagation,
  trace,
} from '@opentelemetry/api';

import { isRefusal, isSchoolError } from '../errors';
import { SUPPRESSED, failWork, inSpan, isExported, isTraced, propagatedContext, startSpan } from './start-span';

export type SpanAttributes = Attributes;

export interface SpanOptions {
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: SpanAttributes;
  /** The trace this span continues; without it, the active one. */
  readonly traceparent?: string | null;
  /** Other traces this work belongs to, by `traceparent`. */
  readonly links?: readonly string[];
  /** It lasts as long as somebody wants it to, such as a stream: its length says nothing. */
  readonly isOpenEnded?: boolean;
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Runs `work` inside a span that ends with it; a thrown error marks the span. */
export function withSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { span, within } = beginSpan(name, options);
  return endedBy(span, () => within(work));
}

/**
 * Runs a call to another process inside a span that ends with it. The other is told of it by the `traceparent` that `call` is
 * given (null where nothing is traced); in this process nothing stands under it: what `call` logs or begins is
 * told of the span around it, which saves a context for each call.
 */
export function withCallSpan<T>(
  name: string,
  attributes: SpanAttributes,
  call: (traceparent: string | null) => Promise<T>,
): Promise<T> {
  const span = startSpan(name, spanStart({ kind: 'client', attributes }), context.active());
  return endedBy(span, () => call(traceparentOf(span.spanContext())));
}

/** Ends a span with the work it stands for; a thrown error marks it. */
async function endedBy<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** A span that its caller ends. */
export interface BegunSpan {
  readonly span: Span;
  /** Runs a part of its work inside it. */
  readonly within: <R>(part: () => R) => R;
}

/** Begins a span that does not end with a function, such as that of a request whose answer is sent later. */
export function beginSpan(name: string, options: SpanOptions): BegunSpan {
  const parent = parentOf(options.traceparent);
  const span = startSpan(name, spanStart(options), parent);
  const inside = inSpan(span, parent);
  return { span, within: (part) => context.with(inside, part) };
}

/** Records a span whose times were taken elsewhere, such as in a thread. Times are milliseconds since the epoch. */
export function recordSpan(name: string, options: SpanOptions & { startedAt: number; endedAt: number }): void {
  const { startedAt, endedAt } = options;
  startSpan(name, { ...spanStart(options), startedAt }, parentOf(options.traceparent)).end(endedAt);
}

/** Marks a span by what was thrown in it: the code or class of the error, never its message. */
export function markFailed(span: Span, error: unknown): void {
  const type = isSchoolError(error) ? error.code : error instanceof Error ? error.name : 'unexpected';
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR, message: type });
  if (error instanceof Error) span.recordException({ name: error.name, message: '', stack: stackOf(error) });
  if (!isRefusal(type)) failWork(span);
}

/** Marks the active span as failed by a code; ordinary refusals are no failures. */
export function failActiveSpan(code: string): void {
  const span = trace.getActiveSpan();
  if (!span || isRefusal(code)) return;
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
  failWork(span);
}

/** The places of a stack without its first lines, which have the message. */
function stackOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

/** Continues the trace named by `traceparent` without a span of its own. */
export function withTraceparent<T>(traceparent: string | null | undefined, work: () => T): T {
  return context.with(parentOf(traceparent), work);
}

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
  const active = context.active();
  const span = trace.getSpanContext(propagatedContext(active));
  return span && active.getValue(SUPPRESSED) !== true ? traceparentOf(span) : null;
}

function traceparentOf(span: SpanContext): string | null {
  if (!isTraced(span)) return null;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** The ids that log lines carry; empty outside a trace. */
export function activeTraceIds(): { trace_id?: string; span_id?: string } {
  const span = trace.getSpanContext(context.active());
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** The ids of the active span when its trace is exported; empty otherwise, as an exemplar must open something. */
export function sampledTraceIds(): Record<string, string> {
  const span = trace.getActiveSpan();
  if (!span || !isExported(span)) return {};
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
}

/** Adds facts to the active span; never personal data, text or variables. */
export function setSpanAttributes(attributes: SpanAttributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

function spanStart({ kind = 'internal', attributes = {}, links, isOpenEnded }: SpanOptions) {
  return { kind: KINDS[kind], attributes, links: () => linksOf(links), isOpenEnded };
}

function linksOf(links: readonly string[] = []): readonly Link[] {
  return links.map(spanContextOf).filter((link): link is Link => link !== undefined);
}

function parentOf(traceparent: string | null | undefined): Context {
  if (!traceparent) return context.active();
  return propagation.extract(context.active(), { traceparent });
}

function spanContextOf(traceparent: string): Link | undefined {
  const found: SpanContext | undefined = trace.getSpanContext(parentOf(traceparent));
  return found ? { context: found } : undefined;
}
