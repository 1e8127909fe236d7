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

import { LateSpan, type LateTraces, LateWork, newSpanId, newTraceId, nowMs } from './late-span';
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
 * Begins a span: the SDK's where the trace is sampled, one that may be kept late where it is not. A trace that was begun
 * elsewhere keeps its decision.
 */
export function startSpan(name: string, start: SpanStart, parent: Context): Span {
  if (parent.getValue(SUPPRESSED) === true) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  const above = trace.getSpan(parent);
  const aboveContext = above?.spanContext();
  const traced = aboveContext && isTraced(aboveContext) ? aboveContext : undefined;
  if (lateTraces && !isSampled(traced, lateTraces))
    return startLate(name, start, { above, traced, traces: lateTraces });
  const { kind, attributes, startedAt } = start;
  const options = { kind, attributes, links: [...start.links()], ...(startedAt ? { startTime: startedAt } : {}) };
  return tracer.startSpan(name, options, parent);
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

/** Whether the SDK records the spans of a trace; of one that is new, chance decides. */
function isSampled(traced: SpanContext | undefined, { sampled }: LateTraces): boolean {
  return traced ? (traced.traceFlags & TraceFlags.SAMPLED) !== 0 : Math.random() < sampled;
}

/** Whether it is the context of a trace: propagators and the SDK make none that are malformed but the invalid one. */
export function isTraced({ traceId }: SpanContext): boolean {
  return traceId !== INVALID_TRACEID;
}

interface LatePlace {
  readonly above: Span | undefined;
  /** The context of the span above, when there is one. */
  readonly traced: SpanContext | undefined;
  readonly traces: LateTraces;
}

function startLate(name: string, start: SpanStart, { above, traced, traces }: LatePlace): LateSpan {
  const { kind, attributes, links, startedAt = nowMs(), isOpenEnded } = start;
  const own = { traceId: traced?.traceId ?? newTraceId(), spanId: newSpanId(), traceFlags: TraceFlags.NONE };
  const begun = { name, kind, attributes: { ...attributes }, parent: traced, startMs: startedAt, links, isOpenEnded };
  // What happens in a stream is work of its own: the stream may last for hours.
  if (above instanceof LateSpan && !above.start.isOpenEnded) return new LateSpan(begun, own, above.work, false);
  return new LateSpan(begun, own, new LateWork(traces, isOpenEnded ? Infinity : startedAt), true);
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
