export { Allowance } from './allowance';
export { heededTraceparent } from './client-traces';
export { counter, gauge, histogram, tracedCounter, metricsText, whenCollected, METRICS_CONTENT_TYPE } from './metrics';
export { observeProcess } from './observe-process';
export type { LateSpan, LateTraces } from './late-span';
export { keepLateTraces, propagatedContext } from './start-span';
export {
  activeTraceIds,
  beginSpan,
  currentTraceparent,
  failActiveSpan,
  markFailed,
  recordSpan,
  setSpanAttributes,
  withCallSpan,
  withSpan,
  withTraceparent,
  withoutSpans,
  type BegunSpan,
  type SpanAttributes,
  type SpanOptions,
} from './tracing';
