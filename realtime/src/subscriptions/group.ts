import type { GraphQLError } from 'graphql';

import type { Viewer } from '@terakoya/common/auth';
import { type SchoolError, isSchoolError } from '@terakoya/common/errors';
import { recordSpan } from '@terakoya/common/telemetry';
import { type GuardedOperation, toClientError } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { Audience, Place } from './audience';
import { EventQueue } from './event-queue';
import type { Hub, TopicDelivery } from './hub';
import { inOrder } from './in-order';
import type { Payload } from './payload';
import { type EventResult, Results } from './results';

/** One who gets what the group executes. None of its methods throws. */
export interface Member {
  readonly viewer: Viewer;
  /** The trace in which they subscribed. */
  readonly traceparent: string | null;
  /** Events up to this sequence number are known to them, or replayed. */
  readonly joinedAt: number;
  /** The answer by which they were found to be allowed last: it is not read again for each event. */
  allowedBy: ReadonlySet<string> | null;
  take(payload: Payload): void;
  /** It is over: with an error at once, or after what was delivered. */
  end(error: GraphQLError | null): void;
  tooSlow(): void;
}

export interface GroupOptions {
  readonly place: Place;
  readonly operation: GuardedOperation;
  readonly isShared: boolean;
  readonly hub: Hub;
  readonly audience: Audience;
  readonly maxQueued: number;
  readonly events: RealtimeEvents;
  /** Nobody is in it any more. */
  readonly onEmpty: () => void;
}

/** What was executed, and for whom it was found that they may hear. */
interface Prepared {
  readonly result: EventResult;
  /** As whom it was executed. */
  readonly leader: Member;
  /** Users; counts when there are others than the leader. */
  readonly allowed: ReadonlySet<string>;
}

/** How old an answer may be that tells who may hear, in milliseconds: access ends within this time. */
const AUDIENCE_MS = 1_000;
const PATIENCE_MS = 30_000;
/** Events that are executed at the same time, or while one before is delivered. */
const AHEAD = 8;
const MOST_LINKS = 50;

/**
 * Subscribers whose results are the same: each event is executed once and delivered to all of them, in order. One
 * whose results are their own is a group of one.
 */
export class Group {
  readonly results: Results;
  readonly #members = new Set<Member>();
  readonly #over = new AbortController();
  readonly #queue: EventQueue<TopicDelivery>;
  readonly #unsubscribe: () => void;
  #allowed = new Set<string>();
  /** Those who came, each asked for then, since the group was asked for. */
  #newcomers = new Set<string>();
  #askedAt = 0;
  #asking: Promise<void> | null = null;

  constructor(private readonly options: GroupOptions) {
    const { hub, place, maxQueued } = options;
    this.results = new Results({ ...options, signal: this.#over.signal });
    this.#queue = new EventQueue(maxQueued, () => this.#everyone((member) => member.tooSlow()));
    this.#unsubscribe = hub.subscribe(place.topic, place.key, this.#queue);
    void this.#run();
  }

  /** Whether one can still join: not when its events have come to an end. */
  get isOpen(): boolean {
    return !this.#queue.hasEnded;
  }

  /** Takes in one who was asked for just now. */
  join(member: Member): void {
    if (this.#members.size === 0) this.#askedAt = Date.now();
    this.#members.add(member);
    this.#newcomers.add(member.viewer.userId);
    this.#allowed.add(member.viewer.userId);
    this.options.events.subscribed(this.options.place.topic.field);
  }

  leave(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.options.events.unsubscribed(this.options.place.topic.field);
    if (this.#members.size === 0) this.#close();
  }

  /** Whether one of the members may hear, by an answer that is at most a second old. */
  async allows({ viewer }: Member): Promise<boolean> {
    await this.#refreshAllowed();
    return this.#allowed.has(viewer.userId);
  }

  /** What those who may not hear are told. */
  get refusal(): SchoolError {
    const { topic, key } = this.options.place;
    return topic.audience.refusal(key);
  }

  async #run(): Promise<void> {
    const line = {
      take: () => this.#queue.take(),
      prepare: (delivery: TopicDelivery) => this.#prepare(delivery),
      handOn: (delivery: TopicDelivery, prepared: Prepared | null) => this.#deliver(delivery, prepared),
    };
    try {
      await inOrder(line, AHEAD);
      this.#everyone((member) => member.end(null));
    } catch (error) {
      if (this.#over.signal.aborted) return;
      const told = toClientError(error, (unexpected) => this.options.events.unexpected(unexpected));
      this.#everyone((member) => member.end(told));
    }
  }

  /** Executes as the first member to whom it is not refused; null when it is refused to all. */
  async #prepare(delivery: TopicDelivery): Promise<Prepared | null> {
    if (delivery.meaning.changesAudience) this.#askedAt = 0;
    for (const member of this.#members) {
      if (delivery.sequence <= member.joinedAt) continue;
      try {
        const [result] = await Promise.all([
          this.results.make(delivery, member.viewer),
          delivery.meaning.farewell || this.#members.size === 1 ? undefined : this.#refreshAllowed(),
        ]);
        return { result, leader: member, allowed: this.#allowed };
      } catch (error) {
        if (!isSchoolError(error) || error.code !== this.refusal.code) throw error;
        member.end(toClientError(error, () => undefined));
      }
    }
    return null;
  }

  #deliver({ event, meaning, sequence }: TopicDelivery, prepared: Prepared | null): void {
    if (!prepared || this.#over.signal.aborted) return;
    const { result, leader, allowed } = prepared;
    const startedAt = Date.now();
    const links: string[] = [];
    let delivered = 0;
    for (const member of this.#members) {
      if (sequence <= member.joinedAt) continue;
      const mayHear = meaning.farewell
        ? meaning.farewell.mayHear(member.viewer)
        : member === leader || isAllowed(member, allowed);
      if (!mayHear) {
        member.end(toClientError(this.refusal, () => undefined));
        continue;
      }
      member.take(result.payload);
      delivered += 1;
      if (links.length < MOST_LINKS && member.traceparent !== null) links.push(member.traceparent);
    }
    this.#told(event.occurredAt, result, { startedAt, delivered, links });
    if (meaning.farewell) this.#everyone((member) => member.end(null));
  }

  /** One span for all who got it, with links to the traces in which they subscribed. */
  #told(
    occurredAt: number,
    { outcome, traceparent }: EventResult,
    { startedAt, delivered, links }: { startedAt: number; delivered: number; links: readonly string[] },
  ): void {
    const { field } = this.options.place.topic;
    const attributes = { 'terakoya.subscribers': delivered };
    const span = { kind: 'producer', traceparent, links: [...new Set(links)], attributes } as const;
    recordSpan(`deliver ${field}`, { ...span, startedAt, endedAt: Date.now() });
    this.options.events.delivered({ topic: field, seconds: (Date.now() - occurredAt) / 1000, outcome, delivered });
  }

  async #refreshAllowed(): Promise<void> {
    while (this.#asking || Date.now() - this.#askedAt >= AUDIENCE_MS) {
      await (this.#asking ??= this.#askAllowed().finally(() => (this.#asking = null)));
    }
  }

  async #askAllowed(): Promise<void> {
    const { audience, place } = this.options;
    this.#askedAt = Date.now(); // an event that changes the audience meanwhile sets it back
    this.#newcomers = new Set();
    const userIds = [...this.#members].map(({ viewer }) => viewer.userId);
    const patience = { patienceMs: PATIENCE_MS, signal: this.#over.signal };
    try {
      const allowed = await audience.of(place, userIds, patience);
      this.#allowed = new Set([...allowed, ...this.#newcomers]);
    } catch (error) {
      this.#askedAt = 0;
      throw error;
    }
  }

  #everyone(tell: (member: Member) => void): void {
    for (const member of [...this.#members]) tell(member);
  }

  #close(): void {
    this.#over.abort();
    this.#unsubscribe();
    this.#queue.end();
    this.options.onEmpty();
  }
}

function isAllowed(member: Member, allowed: ReadonlySet<string>): boolean {
  if (member.allowedBy === allowed) return true;
  if (!allowed.has(member.viewer.userId)) return false;
  member.allowedBy = allowed;
  return true;
}
