import type { Viewer } from '@terakoya/common/auth';
import { BadInputError } from '@terakoya/common/errors';
import type { Execution, Operation } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import { type Topic, domainsOf } from '../topics/topic';
import { type Cursor, decodeCursor } from './cursor';
import { EventQueue } from './event-queue';
import type { Hub, TopicDelivery } from './hub';
import { Subscription } from './subscription';
import { requireVisible } from './visibility';

export interface SubscriberOptions {
  readonly hub: Hub;
  readonly execution: Execution;
  readonly topics: readonly Topic[];
  readonly maxQueued: number;
  readonly events: RealtimeEvents;
}

/** How long a new subscriber waits when it cannot be told at once whether they may subscribe. */
const PATIENCE_MS = 3_000;

/** Opens subscriptions. */
export class Subscriber {
  constructor(private readonly options: SubscriberOptions) {}

  /**
   * Opens a subscription for a viewer; throws NOT_FOUND, CURSOR_EXPIRED, BAD_USER_INPUT or UNAVAILABLE.
   * Live events are collected before those after the cursor are read, so that none falls between.
   */
  async open(operation: Operation, viewer: Viewer, onTooSlow: () => void): Promise<Subscription> {
    const { hub, execution, maxQueued, events } = this.options;
    const { topic, key, after } = this.#target(operation);
    const signal = AbortSignal.timeout(PATIENCE_MS * 5);
    await requireVisible(execution, { topic, key, viewer, patienceMs: PATIENCE_MS, signal });
    const queue = new EventQueue<TopicDelivery>(maxQueued, onTooSlow);
    const { positions, unsubscribe } = hub.subscribe(topic, key, queue);
    try {
      if (after) queue.prepend(await hub.replay(topic, key, after, maxQueued));
    } catch (error) {
      unsubscribe();
      throw error;
    }
    const known = after?.positions ?? positions;
    return new Subscription({ topic, key, viewer, operation, execution, queue, positions: known, unsubscribe, events });
  }

  #target({ subscription }: Operation): { topic: Topic; key: string; after: Cursor | null } {
    const topic = this.options.topics.find(({ field }) => field === subscription?.field);
    if (!topic || !subscription) throw new BadInputError('subscription', 'is not served here');
    const { after } = subscription.arguments;
    const cursor = typeof after === 'string' ? decodeCursor(after, domainsOf(topic)) : null;
    return { topic, key: topic.keyOf(subscription.arguments), after: cursor };
  }
}
