import {
  type Attributes,
  type Context,
  INVALID_SPAN_CONTEXT,
  INVALID_TRACEID,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  TraceFlags,
  createContextKey,
  trace,
} from '@opentelemetry/api';

import { LateSpan, type LateTraces, LateWork, newSpanId, nowMs } from './late-span';
import { LinkedContext } from './linked-context';

/** The key by which OpenTelemetry's SDK and instrumentations know that nothing is to be traced. */
export const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

export interface SpanStart {
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly links: () => readonly Link[];
  /** Milliseconds since the epoch; now when it is left out. */
  readonly startedAt?: number | undefined;
  readonly isOpenEnded?: boolean | undefined;
}

const LATE = createContextKey('terakoya late span');

const tracer = trace.getTracer('terakoya');
let lateTraces: LateTraces | undefined;

/** From now on failed and slow work of traces that were not sampled is kept; undefined ends that. */
export function keepLateTraces(traces: LateTraces | undefined): void {
  lateTraces = traces;
}

/**
 * Begins a span: the SDK's where the trace is sampled (the SDK decides that for new traces), one that may be kept late
 * where it is not. A trace that was begun elsewhere keeps its decision.
 */
export function startSpan(name: string, start: SpanStart, parent: Context): Span {
  if (parent.getValue(SUPPRESSED) === true) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  const above = trace.getSpan(parent);
  const aboveContext = above?.spanContext();
  if (lateTraces && aboveContext && isUnsampled(aboveContext)) {
    const own = { traceId: aboveContext.traceId, spanId: newSpanId(), traceFlags: TraceFlags.NONE };
    return createLate(name, start, own, above, lateTraces);
  }
  const { kind, attributes, startedAt } = start;
  const options = { kind, attributes, links: [...start.links()], ...(startedAt ? { startTime: startedAt } : {}) };
  const span = tracer.startSpan(name, options, parent);
  if (!lateTraces || span.isRecording() || !isTraced(span.spanContext())) return span;
  return createLate(name, start, span.spanContext(), undefined, lateTraces);
}

/** A context in which a span is the active one. */
export function inSpan(span: Span, outside: Context): Context {
  const inside = trace.setSpan(LinkedContext.of(outside), span);
  return span instanceof LateSpan ? inside.setValue(LATE, span) : inside;
}

/**
 * A context as other processes are to be told of it. Where a trace is not sampled, libraries make spans that nobody ever
 * sees: what is asked for then stands under the late span around them.
 */
export function propagatedContext(active: Context): Context {
  const late = active.getValue(LATE);
  return late instanceof LateSpan ? trace.setSpan(active, late) : active;
}

function isUnsampled(found: SpanContext): boolean {
  return (found.traceFlags & TraceFlags.SAMPLED) === 0 && isTraced(found);
}

/** Whether it is the context of a trace: propagators and the SDK make none that are malformed but the invalid one. */
export function isTraced({ traceId }: SpanContext): boolean {
  return traceId !== INVALID_TRACEID;
}

function createLate(
  name: string,
  { kind, attributes, links, startedAt = nowMs(), isOpenEnded }: SpanStart,
  own: SpanContext,
  above: Span | undefined,
  traces: LateTraces,
): LateSpan {
  const parent = above?.spanContext();
  const start = { name, kind, attributes: { ...attributes }, parent, startMs: startedAt, links, isOpenEnded };
  // What happens in a stream is work of its own: the stream may last for hours.
  if (above instanceof LateSpan && !above.start.isOpenEnded) return new LateSpan(start, own, above.work, false);
  return new LateSpan(start, own, new LateWork(traces, isOpenEnded ? Infinity : startedAt), true);
}

/** Whether a span is exported: it is sampled, or it is certain by now that it is kept late. */
export function isExported(span: Span): boolean {
  if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) return true;
  return span instanceof LateSpan && span.work.isWorthKeeping(nowMs());
}

/** Tells that the work a span belongs to has failed, so that its trace is worth keeping. */
export function failWork(span: Span): void {
  if (span instanceof LateSpan) span.work.fail();
}
