import { SchoolError } from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import { type Cursor, type LoggedEvent, type Positions, compareEntryIds, encodeCursor } from '@terakoya/common/streams';

import type { RealtimeEvents } from '../events';
import { type Topic, type TopicEvent, type TopicFeed, domainsOf } from '../topics/topic';
import type { EventQueue } from './event-queue';
import type { EventSource } from './event-source';

/** An event and what it means to one topic. */
export interface TopicDelivery {
  readonly event: LoggedEvent;
  readonly meaning: TopicEvent;
  /** Where it stands among all that this process was told: later ones have greater numbers. 0 when it is replayed. */
  readonly sequence: number;
  /** Whoever has this event and all before it goes on from here. */
  readonly cursor: string;
}

/** How far the process has come: what came up to here is known, what follows is told to those who subscribe now. */
export interface HubPosition {
  readonly sequence: number;
  readonly positions: Positions;
}

/** Somebody who is told every event of one kind, whatever it is about; must not throw. */
export interface Watcher {
  readonly name: string;
  readonly domain: string;
  readonly onEvent: (event: LoggedEvent) => void;
}

interface Route {
  readonly topic: Topic;
  readonly feed: TopicFeed;
  readonly domains: readonly string[];
}

/** How long a cursor may be ahead of this process: another one was told first. */
const AHEAD_MS = 2_000;

/** Spreads the events of the log to those who subscribed to what they are about. */
export class Hub implements Closable {
  readonly #queues = new Map<string, Set<EventQueue<TopicDelivery>>>();
  readonly #routes = new Map<string, Route[]>();
  readonly #waiting = new Set<() => void>();
  #positions = new Map<string, string>();
  #sequence = 0;

  constructor(
    private readonly source: EventSource,
    private readonly topics: readonly Topic[],
    private readonly watchers: readonly Watcher[],
    private readonly events: RealtimeEvents,
  ) {
    for (const topic of topics) {
      for (const feed of topic.feeds) {
        const route = { topic, feed, domains: domainsOf(topic) };
        this.#routes.set(feed.contract.name, [...(this.#routes.get(feed.contract.name) ?? []), route]);
      }
    }
  }

  async start(): Promise<void> {
    const domains = [...this.topics.flatMap(domainsOf), ...this.watchers.map(({ domain }) => domain)];
    const listener = { onEvent: (event: LoggedEvent) => this.#spread(event), onReset: () => this.#reset() };
    const positions = await this.source.listen([...new Set(domains)], listener);
    for (const [domain, entryId] of positions) {
      if (!this.#positions.has(domain)) this.#positions.set(domain, entryId);
    }
  }

  get position(): HubPosition {
    return { sequence: this.#sequence, positions: new Map(this.#positions) };
  }

  /** Puts every event about `key` into the queue from now on; gives the way to end that. */
  subscribe(topic: Topic, key: string, queue: EventQueue<TopicDelivery>): () => void {
    const place = placeOf(topic, key);
    const queues = this.#queues.get(place) ?? new Set();
    this.#queues.set(place, queues.add(queue));
    return () => {
      queues.delete(queue);
      if (queues.size === 0 && this.#queues.get(place) === queues) this.#queues.delete(place);
    };
  }

  /** Resolves when this process has come as far as a cursor says; CURSOR_EXPIRED when the log does not go so far. */
  async reach({ positions }: Cursor): Promise<void> {
    const isThere = (): boolean =>
      [...positions].every(([domain, id]) => compareEntryIds(id, this.#positions.get(domain) ?? '0-0') <= 0);
    if (isThere()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (isThere()) resolve();
    };
    const timer = setTimeout(() => reject(cursorExpired('The event log does not go as far as this cursor')), AHEAD_MS);
    this.#waiting.add(look);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(look);
    }
  }

  /** The events about `key` after a cursor and up to a position, at most `limit`, in the log's order; CURSOR_EXPIRED. */
  async replay(topic: Topic, key: string, after: Cursor, until: Positions, limit: number): Promise<TopicDelivery[]> {
    const found: Omit<TopicDelivery, 'cursor'>[] = [];
    for (const [domain, entryId] of after.positions) {
      const end = until.get(domain) ?? '0-0';
      await this.source.replay(domain, `${after.epoch}.${entryId}`, (events) => {
        for (const event of events) {
          if (compareEntryIds(event.entryId, end) <= 0) found.push(...this.#meaningsOf(event, topic, key));
        }
        if (found.length > limit) throw cursorExpired('Too much has happened since this cursor');
      });
    }
    const inOrder = found.sort((a, b) => compareEntryIds(a.event.entryId, b.event.entryId));
    return withCursors(inOrder, after, domainsOf(topic));
  }

  async close(): Promise<void> {
    for (const queue of this.#everyQueue()) queue.end();
    await this.source.close();
  }

  #spread(event: LoggedEvent): void {
    this.#positions.set(event.domain, event.entryId);
    this.#sequence += 1;
    for (const look of this.#waiting) look();
    for (const { name, onEvent } of this.watchers) if (name === event.name) onEvent(event);
    if (event.isReplayed) return;
    for (const { topic, feed, domains } of this.#routes.get(event.name) ?? []) {
      const meaning = this.#read(feed, event);
      const queues = meaning && this.#queues.get(placeOf(topic, meaning.key));
      if (!queues) continue;
      const cursor = encodeCursor({ epoch: epochOf(event), positions: this.#positions }, domains);
      for (const queue of queues) queue.push({ event, meaning, cursor, sequence: this.#sequence });
    }
  }

  #meaningsOf(event: LoggedEvent, topic: Topic, key: string): Omit<TopicDelivery, 'cursor'>[] {
    const feed = event.isReplayed ? undefined : topic.feeds.find(({ contract }) => contract.name === event.name);
    const meaning = feed && this.#read(feed, event);
    return meaning?.key === key ? [{ event, meaning, sequence: 0 }] : [];
  }

  /** An event that breaks its contract is a defect of its producer; it must not stop those behind it. */
  #read(feed: TopicFeed, event: LoggedEvent): TopicEvent | null {
    try {
      return feed.read(event.payload);
    } catch (error) {
      this.events.unreadable(event, error);
      return null;
    }
  }

  #reset(): void {
    for (const domain of this.#positions.keys()) this.#positions.set(domain, '0-0');
    for (const queue of this.#everyQueue()) queue.end(cursorExpired('The event log has lost its data'));
  }

  #everyQueue(): EventQueue<TopicDelivery>[] {
    return [...this.#queues.values()].flatMap((queues) => [...queues]);
  }
}

/** A cursor counts what was handed over of each domain, not what was read: the next one may be of either. */
function withCursors(
  deliveries: readonly Omit<TopicDelivery, 'cursor'>[],
  after: Cursor,
  domains: readonly string[],
): TopicDelivery[] {
  const positions = new Map(after.positions);
  return deliveries.map((delivery) => {
    positions.set(delivery.event.domain, delivery.event.entryId);
    return { ...delivery, cursor: encodeCursor({ epoch: after.epoch, positions }, domains) };
  });
}

function epochOf({ cursor }: LoggedEvent): string {
  return cursor.slice(0, cursor.indexOf('.'));
}

function placeOf({ field }: Topic, key: string): string {
  return `${field} ${key}`;
}

function cursorExpired(why: string): SchoolError {
  return new SchoolError('CURSOR_EXPIRED', `${why}: load the present state and subscribe without \`after\`.`);
}
