import type { Viewer } from '@terakoya/common/auth';
import { isSchoolError } from '@terakoya/common/errors';
import { activeTraceIds, currentTraceparent, failActiveSpan, withSpan } from '@terakoya/common/telemetry';
import { type Operation, responseText } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { Audience, Place } from './audience';
import type { TopicDelivery } from './hub';
import { Payload } from './payload';

/** What came of one execution, ready for everybody it is for. */
export interface EventResult {
  readonly payload: Payload;
  readonly outcome: 'ok' | 'partial';
  /** The execution's span, as the parent of deliveries. */
  readonly traceparent: string | null;
}

export interface ResultsOptions {
  readonly place: Place;
  readonly operation: Operation;
  /** Whether the results are the same for the whole audience. */
  readonly isShared: boolean;
  readonly audience: Audience;
  readonly events: RealtimeEvents;
  readonly signal: AbortSignal;
}

/** How long an event waits for its subgraph to tell who may see it, before its subscriptions end with UNAVAILABLE. */
const PATIENCE_MS = 30_000;
/** Results of replayed events that are kept for others who replay the same, and for how long (milliseconds). */
const MOST_RECENT = 512;
const RECENT_MS = 2_000;

/** The results of one operation for the events of one place: each executed on behalf of somebody who may see it. */
export class Results {
  readonly #recent = new Map<string, Promise<EventResult>>();

  constructor(private readonly options: ResultsOptions) {}

  /**
   * Executes the operation for an event, continuing the event's trace, as a viewer who is asked for at the same time:
   * the answer for everybody must not depend on somebody who has lost access. When nobody can tell just now, it waits
   * until somebody can, and executes again. Throws the topic's refusal, or UNAVAILABLE.
   */
  make(delivery: TopicDelivery, viewer: Viewer): Promise<EventResult> {
    const { event } = delivery;
    const { field } = this.options.place.topic;
    const attributes = { 'messaging.system': 'redis', 'messaging.message.id': event.id, 'terakoya.event': event.name };
    const span = { kind: 'consumer', traceparent: event.traceparent, attributes } as const;
    return withSpan(`execute ${field}`, span, async () => {
      try {
        const asked = this.#requireAudience(delivery, viewer, 0);
        const [result] = await Promise.all([this.#execute(delivery, viewer), asked]);
        return result;
      } catch (error) {
        if (!isSchoolError(error) || error.code !== 'UNAVAILABLE') throw error;
        await this.#requireAudience(delivery, viewer, PATIENCE_MS);
        return this.#execute(delivery, viewer);
      }
    });
  }

  /** The same for a replayed event; those who replay at the same time share it. */
  async replayed(delivery: TopicDelivery, viewer: Viewer): Promise<EventResult> {
    if (!this.options.isShared) return this.make(delivery, viewer);
    const name = `${delivery.event.entryId} ${delivery.cursor}`;
    const known = this.#recent.get(name); // looked up and, below, set in one turn: of many only the first executes
    const made = known && (await known.catch(() => null)); // made as somebody else, who may have been refused
    if (made) return made;
    const result = this.make(delivery, viewer);
    this.#keep(name, result);
    return result;
  }

  #keep(name: string, result: Promise<EventResult>): void {
    this.#recent.delete(name);
    this.#recent.set(name, result);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MOST_RECENT && oldest !== undefined) this.#recent.delete(oldest);
    const forget = (): void => {
      if (this.#recent.get(name) === result) this.#recent.delete(name);
    };
    setTimeout(forget, RECENT_MS).unref();
  }

  async #requireAudience({ meaning }: TopicDelivery, viewer: Viewer, patienceMs: number): Promise<void> {
    const { place, audience, signal } = this.options;
    const mayHear = meaning.farewell
      ? meaning.farewell.mayHear(viewer)
      : await audience.mayHear(place, viewer.userId, { patienceMs, signal });
    if (!mayHear) throw place.topic.audience.refusal(place.key);
  }

  async #execute({ event, meaning, cursor }: TopicDelivery, viewer: Viewer): Promise<EventResult> {
    const { place, operation, events, signal, isShared } = this.options;
    const { traceparent } = event;
    const value = { ...meaning.value, cursor, occurredAt: new Date(event.occurredAt).toISOString() };
    events.executed(place.topic.field, isShared);
    const executed = await operation.execute({ viewer, traceparent, signal }, { [place.topic.field]: value });
    for (const { extensions } of executed.errors) failActiveSpan(String(extensions.code));
    const traceId = activeTraceIds().trace_id ?? traceparent?.split('-')[1];
    const text = responseText(executed, { cursor, ...(traceId ? { traceId } : {}) });
    return {
      payload: new Payload(text, cursor),
      outcome: executed.errors.length === 0 ? 'ok' : 'partial',
      traceparent: currentTraceparent() ?? traceparent,
    };
  }
}
