import type { GraphQLError } from 'graphql';

import type { Viewer } from '@terakoya/common/auth';
import { toClientError } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { Group, Member } from './group';
import type { TopicDelivery } from './hub';
import { inOrder } from './in-order';
import type { Listener } from './listener';
import type { Payload } from './payload';

export interface SubscriptionOptions {
  readonly group: Group;
  readonly viewer: Viewer;
  readonly listener: Listener;
  readonly traceparent: string | null;
  /** Events up to this sequence number are known to the subscriber, or replayed. */
  readonly joinedAt: number;
  /** How many results may wait while what was missed is replayed. */
  readonly maxQueued: number;
  readonly events: RealtimeEvents;
}

/** Replayed events that are executed while the one before is sent. */
const AHEAD = 4;

/** One subscriber: first what they missed, then what their group delivers. */
export class Subscription implements Member {
  /** What comes while what was missed is replayed; null once they are up to date. */
  #backlog: Payload[] | null = [];
  #isOver = false;
  /** Nothing follows the backlog. */
  #isLast = false;

  readonly viewer: Viewer;
  readonly traceparent: string | null;
  readonly joinedAt: number;
  allowedBy: ReadonlySet<string> | null = null;
  readonly #listener: Listener;

  constructor(private readonly options: SubscriptionOptions) {
    this.viewer = options.viewer;
    this.traceparent = options.traceparent;
    this.joinedAt = options.joinedAt;
    this.#listener = options.listener;
    options.group.join(this);
  }

  /** Sends the events that were missed, then goes over to those that come. Never rejects. */
  async catchUp(missed: readonly TopicDelivery[]): Promise<void> {
    const waiting = missed.values();
    const line = {
      take: async () => (this.#isOver ? undefined : waiting.next().value),
      prepare: (delivery: TopicDelivery) => this.#prepare(delivery),
      handOn: (_delivery: TopicDelivery, payload: Payload) => this.#send(payload),
    };
    try {
      await inOrder(line, AHEAD);
      for (let payload = this.#backlog?.shift(); payload; payload = this.#backlog?.shift()) await this.#send(payload);
      this.#backlog = null;
      if (this.#isLast || missed.at(-1)?.meaning.farewell) this.end(null);
    } catch (error) {
      this.end(toClientError(error, (unexpected) => this.options.events.unexpected(unexpected)));
    }
  }

  take(payload: Payload): void {
    if (this.#isOver) return;
    if (!this.#backlog) return this.#listener.next(payload);
    if (this.#backlog.length >= this.options.maxQueued) return this.tooSlow();
    this.#backlog.push(payload);
  }

  end(error: GraphQLError | null): void {
    if (!error && this.#backlog) return void (this.#isLast = true);
    if (!this.#finish()) return;
    if (error) this.#listener.error([error]);
    else this.#listener.complete();
  }

  tooSlow(): void {
    if (this.#finish()) this.#listener.tooSlow();
  }

  /** The client wants no more: ends without a word. */
  stop(): void {
    this.#finish();
  }

  async #prepare(delivery: TopicDelivery): Promise<Payload> {
    const { viewer } = this;
    const { group } = this.options;
    const { farewell } = delivery.meaning;
    const [{ payload }, isAllowed] = await Promise.all([
      group.results.replayed(delivery, viewer),
      farewell ? farewell.mayHear(viewer) : group.allows(this),
    ]);
    if (!isAllowed) throw group.refusal;
    return payload;
  }

  async #send(payload: Payload): Promise<void> {
    if (this.#isOver) return;
    this.#listener.next(payload);
    await this.#listener.drained();
  }

  /** True the first time. */
  #finish(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#backlog = null;
    this.options.group.leave(this);
    return true;
  }
}
