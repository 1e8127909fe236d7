import { SchoolError } from '@terakoya/common/errors';
import type { Closable } from '@terakoya/common/lifecycle';
import { type LoggedEvent, compareEntryIds } from '@terakoya/common/streams';

import type { RealtimeEvents } from '../events';
import { type Topic, type TopicEvent, type TopicFeed, domainsOf } from '../topics/topic';
import type { Cursor } from './cursor';
import type { EventQueue } from './event-queue';
import type { EventSource, Positions } from './event-source';

/** An event and what it means to one topic. */
export interface TopicDelivery {
  readonly event: LoggedEvent;
  readonly meaning: TopicEvent;
}

/** Spreads the events of the log to those who subscribed to what they are about. */
export class Hub implements Closable {
  readonly #queues = new Map<string, Set<EventQueue<TopicDelivery>>>();
  readonly #feeds = new Map<string, { readonly topic: Topic; readonly feed: TopicFeed }[]>();
  #positions = new Map<string, string>();

  constructor(
    private readonly source: EventSource,
    private readonly topics: readonly Topic[],
    private readonly events: RealtimeEvents,
  ) {
    for (const topic of topics) {
      for (const feed of topic.feeds) {
        const known = this.#feeds.get(feed.contract.name) ?? [];
        this.#feeds.set(feed.contract.name, [...known, { topic, feed }]);
      }
    }
  }

  async start(): Promise<void> {
    const domains = [...new Set(this.topics.flatMap(domainsOf))];
    const listener = {
      onEvent: (event: LoggedEvent) => this.#spread(event),
      onReset: () => this.#reset(),
    };
    this.#positions = new Map(await this.source.listen(domains, listener));
  }

  /** Puts every event about `key` into the queue from now on. `positions` tells after which ones. */
  subscribe(
    topic: Topic,
    key: string,
    queue: EventQueue<TopicDelivery>,
  ): { readonly positions: Positions; readonly unsubscribe: () => void } {
    const place = placeOf(topic, key);
    const queues = this.#queues.get(place) ?? new Set();
    this.#queues.set(place, queues.add(queue));
    const unsubscribe = (): void => {
      queues.delete(queue);
      if (queues.size === 0 && this.#queues.get(place) === queues) this.#queues.delete(place);
    };
    return { positions: new Map(this.#positions), unsubscribe };
  }

  /** The events about `key` after a cursor, at most `limit`, in the order they were logged; CURSOR_EXPIRED. */
  async replay(topic: Topic, key: string, { epoch, positions }: Cursor, limit: number): Promise<TopicDelivery[]> {
    const found: TopicDelivery[] = [];
    for (const [domain, entryId] of positions) {
      await this.source.replay(domain, `${epoch}.${entryId}`, (events) => {
        for (const event of events) found.push(...this.#deliveriesOf(event, topic, key));
        if (found.length > limit) throw cursorExpired('Too much has happened since this cursor');
      });
    }
    return found.sort((a, b) => compareEntryIds(a.event.entryId, b.event.entryId));
  }

  async close(): Promise<void> {
    for (const queue of this.#everyQueue()) queue.end();
    await this.source.close();
  }

  #spread(event: LoggedEvent): void {
    this.#positions.set(event.domain, event.entryId);
    if (event.isReplayed) return;
    for (const { topic, feed } of this.#feeds.get(event.name) ?? []) {
      const meaning = this.#read(feed, event);
      if (!meaning) continue;
      for (const queue of this.#queues.get(placeOf(topic, meaning.key)) ?? []) queue.push({ event, meaning });
    }
  }

  #deliveriesOf(event: LoggedEvent, topic: Topic, key: string): TopicDelivery[] {
    const feed = event.isReplayed ? undefined : topic.feeds.find(({ contract }) => contract.name === event.name);
    const meaning = feed && this.#read(feed, event);
    return meaning?.key === key ? [{ event, meaning }] : [];
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

function placeOf({ field }: Topic, key: string): string {
  return `${field} ${key}`;
}

function cursorExpired(why: string): SchoolError {
  return new SchoolError('CURSOR_EXPIRED', `${why}: load the present state and subscribe without \`after\`.`);
}
