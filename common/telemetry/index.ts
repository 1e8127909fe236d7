export { counter, gauge, histogram, metricsText, METRICS_CONTENT_TYPE } from './metrics';
export {
  activeTraceIds,
  currentTraceparent,
  recordSpan,
  setSpanAttributes,
  withSpan,
  withTraceparent,
  withoutSpans,
  type SpanAttributes,
  type SpanOptions,
} from './tracing';
