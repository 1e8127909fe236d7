import { type HrTime, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

import { Allowance, type LateSpan, type LateTraces, counter } from '@terakoya/common/telemetry';

import type { TelemetryConfig } from './config';

/** Pieces of work that are kept in a burst, and each second after it: when everything fails, some of it tells why. */
const BURST = 100;
const EACH_SECOND = 20;

const SCOPE = { name: 'terakoya' };
const NOTHING_DROPPED = { droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 };

/** Exports failed and slow work of traces that were not sampled, so much of it as telemetry can bear. */
export function createLateTraces(
  { TRACES_SLOW_MS: slowMs, OTEL_TRACES_SAMPLER_ARG: sampled }: TelemetryConfig,
  resource: Resource,
  processor: SpanProcessor,
): LateTraces {
  const kept = counter('terakoya_late_traces_total', 'Failed or slow work of unsampled traces, by what came of it.', [
    'outcome',
  ]);
  const allowance = new Allowance({ burst: BURST, eachSecond: EACH_SECOND });
  return {
    sampled,
    slowMs,
    keep(spans) {
      const isKept = allowance.take();
      kept.inc({ outcome: isKept ? 'kept' : 'dropped' });
      if (isKept) for (const span of spans) processor.onEnd(toReadable(span, resource));
    },
  };
}

/** The span as exporters read it; it counts as sampled from now on. */
function toReadable(span: LateSpan, resource: Resource): ReadableSpan {
  const { kind, parent, startMs, links } = span.start;
  const spanContext = { ...span.spanContext(), traceFlags: TraceFlags.SAMPLED };
  const { endMs, name, attributes, isFailed, failure } = span;
  return {
    name,
    kind,
    spanContext: () => spanContext,
    ...(parent ? { parentSpanContext: parent } : {}),
    startTime: toHrTime(startMs),
    endTime: toHrTime(endMs),
    duration: toHrTime(Math.max(0, endMs - startMs)),
    status: isFailed
      ? { code: SpanStatusCode.ERROR, ...(failure === undefined ? {} : { message: failure }) }
      : { code: SpanStatusCode.UNSET },
    attributes: { ...attributes, 'terakoya.late': true },
    links: [...(links?.() ?? [])],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    ...NOTHING_DROPPED,
  };
}

function toHrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}
