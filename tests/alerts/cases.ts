import type { FaultKind } from '@terakoya/common/faults';

import type { StoredSpan } from '../../observability/src/traces/otlp';
import type { ServiceName } from '../../scripts/start/services';

/** One fault, the alert it must raise, and what else may rightly be said while it lasts. */
export interface FaultCase {
  readonly service: ServiceName;
  readonly kind: FaultKind;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** The alert that must fire, with these labels. */
  readonly alert: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Alerts of severity `page` that follow from this fault too; any other is a wrong page. */
  readonly related: readonly string[];
  /** Whether a span is one that the fault broke. */
  readonly isFaulty: (span: StoredSpan) => boolean;
  /** A fault that is over as soon as it acts is started again so often, in seconds. */
  readonly againSeconds?: number;
}

const marked =
  (service: ServiceName, kind: FaultKind) =>
  (span: StoredSpan): boolean =>
    span.service === service &&
    String(span.attributes['terakoya.fault'] ?? '')
      .split(',')
      .includes(kind);

/** What a pupil's errors and waits are counted in, whatever their cause. */
const OBJECTIVES = [
  'GatewayErrorBudgetBurn',
  'GatewayLatencyBudgetBurn',
  'ImportBudgetBurn',
  'NoteToTextSlow',
  'DeliveryDelayBudgetBurn',
  'MeetingJoinBudgetBurn',
  'ProbeFailing',
];

export const FAULT_CASES: readonly FaultCase[] = [
  {
    service: 'notes',
    kind: 'slow',
    parameters: { ms: 3_000 },
    alert: 'SubgraphSlow',
    labels: { subgraph: 'notes' },
    related: OBJECTIVES,
    isFaulty: marked('notes', 'slow'),
  },
  {
    service: 'notes',
    kind: 'failing',
    parameters: { share: 1 },
    alert: 'SubgraphFailing',
    labels: { subgraph: 'notes' },
    related: OBJECTIVES,
    isFaulty: marked('notes', 'failing'),
  },
  {
    service: 'notes-worker',
    kind: 'crash',
    parameters: {},
    againSeconds: 2,
    alert: 'JobsRedelivered',
    related: [...OBJECTIVES, 'ServiceCrashLooping', 'ServiceDown', 'QueueStalled'],
    isFaulty: ({ attributes, name }) => name.startsWith('run ') && attributes['terakoya.redelivered'] === true,
  },
  {
    service: 'notes-worker',
    kind: 'queue-stall',
    parameters: {},
    alert: 'QueueStalled',
    related: OBJECTIVES,
    isFaulty: ({ attributes, name }) => name.startsWith('run ') && Number(attributes['terakoya.wait_ms']) > 2_000,
  },
  {
    service: 'notes',
    kind: 'redis-pause',
    parameters: {},
    alert: 'RedisDown',
    related: [...OBJECTIVES, 'OutboxLagging', 'StreamLagging', 'QueueStalled', 'JobsRedelivered', 'ServiceDown'],
    isFaulty: ({ name, attributes }) =>
      name.startsWith('dispatch ') && Number(attributes['terakoya.outbox_lag_ms']) > 1_000,
  },
  {
    service: 'ai-proxy',
    kind: 'vendor-errors',
    parameters: { failure: 'down' },
    alert: 'VendorFailing',
    related: [],
    isFaulty: marked('ai-proxy', 'vendor-errors'),
  },
  {
    service: 'assistant',
    kind: 'memory-leak',
    parameters: { mbPerSecond: 20 },
    alert: 'MemoryLeak',
    labels: { service: 'assistant' },
    related: [],
    isFaulty: marked('assistant', 'memory-leak'),
  },
  {
    service: 'media',
    kind: 'media-worker-death',
    parameters: {},
    againSeconds: 5,
    alert: 'MediaWorkerDied',
    related: ['MeetingJoinBudgetBurn', 'ProbeFailing'],
    isFaulty: marked('media', 'media-worker-death'),
  },
  {
    service: 'notes',
    kind: 'clock-skew',
    parameters: { skewSeconds: 120 },
    alert: 'ClockSkewed',
    labels: { service: 'notes' },
    related: [...OBJECTIVES, 'SubgraphFailing'],
    isFaulty: marked('notes', 'clock-skew'),
  },
];
