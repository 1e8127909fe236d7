import type { Viewer } from '@terakoya/common/auth';
import { BadInputError } from '@terakoya/common/errors';
import { type Cursor, decodeCursor } from '@terakoya/common/streams';
import type { GuardedOperation } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import { type Topic, domainsOf } from '../topics/topic';
import type { Audience, Place } from './audience';
import { Group } from './group';
import type { Hub } from './hub';
import type { Listener } from './listener';
import { sharedKey } from './shared-key';
import { Subscription } from './subscription';

export interface SubscriberOptions {
  readonly hub: Hub;
  readonly audience: Audience;
  readonly topics: readonly Topic[];
  readonly maxQueued: number;
  readonly events: RealtimeEvents;
}

/** One who wants to subscribe. */
export interface Newcomer {
  readonly operation: GuardedOperation;
  readonly viewer: Viewer;
  readonly listener: Listener;
  readonly traceparent: string | null;
  /** Where they left off; without it, what the operation says. */
  readonly after: string | null;
  /** Aborted when they want it no more. */
  readonly signal: AbortSignal;
}

/** How long a new subscriber waits when it cannot be told at once whether they may subscribe. */
const PATIENCE_MS = 3_000;

/** Opens subscriptions, and brings those together whose results are the same. */
export class Subscriber {
  readonly #groups = new Map<string, Group>();

  constructor(private readonly options: SubscriberOptions) {}

  /**
   * Opens a subscription; throws NOT_FOUND, CURSOR_EXPIRED, BAD_USER_INPUT or UNAVAILABLE. Live events are collected
   * before those after the cursor are read, and those are read up to where the live ones begin: none is twice, none falls
   * between.
   */
  async open(newcomer: Newcomer): Promise<Subscription> {
    const { audience, hub, maxQueued, events } = this.options;
    const { operation, viewer, listener, traceparent, signal } = newcomer;
    const { place, after } = this.#target(newcomer);
    const mayHear = await audience.mayHear(place, viewer.userId, { patienceMs: PATIENCE_MS, signal });
    if (!mayHear) throw place.topic.audience.refusal(place.key);
    if (after) await hub.reach(after);
    signal.throwIfAborted();
    const group = this.#groupOf(place, operation, viewer);
    const { sequence, positions } = hub.position;
    const about = { group, viewer, listener, traceparent, maxQueued, events };
    const subscription = new Subscription({ ...about, joinedAt: sequence });
    try {
      const missed = after ? await hub.replay(place.topic, place.key, after, positions, maxQueued) : [];
      void subscription.catchUp(missed);
      return subscription;
    } catch (error) {
      subscription.stop();
      throw error;
    }
  }

  #target({ operation, after }: Newcomer): { place: Place; after: Cursor | null } {
    const { subscription } = operation;
    const topic = this.options.topics.find(({ field }) => field === subscription?.field);
    if (!topic || !subscription) throw new BadInputError('subscription', 'is not served here');
    const cursor = after ?? subscription.arguments.after;
    return {
      place: { topic, key: topic.keyOf(subscription.arguments) },
      after: typeof cursor === 'string' ? decodeCursor(cursor, domainsOf(topic)) : null,
    };
  }

  #groupOf(place: Place, operation: GuardedOperation, viewer: Viewer): Group {
    const name = sharedKey(operation, viewer);
    const known = name === null ? undefined : this.#groups.get(name);
    if (known?.isOpen) return known;
    const group: Group = new Group({
      ...this.options,
      place,
      operation,
      isShared: name !== null,
      onEmpty: () => {
        if (name !== null && this.#groups.get(name) === group) this.#groups.delete(name);
      },
    });
    if (name !== null) this.#groups.set(name, group);
    return group;
  }
}
