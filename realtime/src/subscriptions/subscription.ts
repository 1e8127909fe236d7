import type { Viewer } from '@terakoya/common/auth';
import { activeTraceIds, withSpan } from '@terakoya/common/telemetry';
import { compareEntryIds } from '@terakoya/common/streams';
import { type Execution, type Operation, type Result, toClientError, toResult } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import { type Topic, domainsOf } from '../topics/topic';
import { encodeCursor } from './cursor';
import type { EventQueue } from './event-queue';
import type { Positions } from './event-source';
import type { TopicDelivery } from './hub';
import { requireVisible } from './visibility';

export interface SubscriptionOptions {
  readonly topic: Topic;
  readonly key: string;
  readonly viewer: Viewer;
  readonly operation: Operation;
  readonly execution: Execution;
  readonly queue: EventQueue<TopicDelivery>;
  /** Events up to here are known to the subscriber. */
  readonly positions: Positions;
  readonly unsubscribe: () => void;
  readonly events: RealtimeEvents;
}

/** How long an event waits for the graph to tell who may see it, before its subscription ends with UNAVAILABLE. */
const PATIENCE_MS = 30_000;

/** One result of a subscription. */
export interface Delivered extends Result {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * One subscriber's deliveries: one after the other, each executed as a query on behalf of the viewer. An explicit
 * iterator, because `return()` of an async generator would wait for the event that never comes.
 */
export class Subscription implements AsyncIterableIterator<Delivered> {
  readonly #positions: Map<string, string>;
  readonly #domains: readonly string[];
  readonly #over = new AbortController();

  constructor(private readonly options: SubscriptionOptions) {
    this.#positions = new Map(options.positions);
    this.#domains = domainsOf(options.topic);
    options.events.subscribed(options.topic.field);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Delivered, undefined>> {
    try {
      const delivery = await this.#takeUnknown();
      if (!delivery) return this.return();
      const value = await this.#deliver(delivery);
      if (this.#over.signal.aborted) return this.return();
      if (delivery.meaning.farewell) this.options.queue.end();
      return { value, done: false };
    } catch (error) {
      const wasOver = this.#over.signal.aborted;
      await this.return();
      if (wasOver) return { value: undefined, done: true };
      throw toClientError(error, (unexpected) => this.options.events.unexpected(unexpected));
    }
  }

  /** Ends it at once, also while an event is awaited or delivered. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#over.signal.aborted) {
      this.#over.abort();
      this.options.unsubscribe();
      this.options.queue.end();
      this.options.events.unsubscribed(this.options.topic.field);
    }
    return { value: undefined, done: true };
  }

  /** The next event that was not delivered before: replayed and live ones overlap. */
  async #takeUnknown(): Promise<TopicDelivery | undefined> {
    for (;;) {
      const delivery = await this.options.queue.take();
      if (!delivery) return undefined;
      const { domain, entryId } = delivery.event;
      if (compareEntryIds(entryId, this.#positions.get(domain) ?? '0-0') <= 0) continue;
      this.#positions.set(domain, entryId);
      return delivery;
    }
  }

  /** Continues the trace in which the event came about. */
  #deliver(delivery: TopicDelivery): Promise<Delivered> {
    const { topic, events } = this.options;
    const { event } = delivery;
    const attributes = { 'messaging.system': 'redis', 'messaging.message.id': event.id, 'terakoya.event': event.name };
    const span = { kind: 'consumer', traceparent: event.traceparent, attributes } as const;
    return withSpan(`deliver ${topic.field}`, span, async () => {
      const result = await this.#execute(delivery);
      events.delivered(topic.field, (Date.now() - event.occurredAt) / 1000, result.errors ? 'partial' : 'ok');
      return result;
    });
  }

  async #execute({ event, meaning }: TopicDelivery): Promise<Delivered> {
    const { topic, key, viewer, operation, execution } = this.options;
    const signal = this.#over.signal;
    if (!meaning.farewell) await requireVisible(execution, { topic, key, viewer, patienceMs: PATIENCE_MS, signal });
    else if (!meaning.farewell.mayHear(viewer)) throw topic.visibility.refusal(key);
    const [epoch = ''] = event.cursor.split('.');
    const cursor = encodeCursor({ epoch, positions: this.#positions }, this.#domains);
    const value = { ...meaning.value, cursor, occurredAt: new Date(event.occurredAt).toISOString() };
    const { traceparent } = event;
    const executed = await operation.execute({ viewer, traceparent, signal }, { [topic.field]: value });
    const traceId = activeTraceIds().trace_id ?? traceparent?.split('-')[1];
    const extensions = { cursor, ...(traceId ? { traceId } : {}) };
    return { ...toResult(executed), extensions };
  }
}
