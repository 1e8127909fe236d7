import type { LoggedEvent } from '@terakoya/common/streams';

import type { Topic } from './topics/topic';

export interface Listener {
  /** An event of the key, in the log's order. */
  onEvent(event: LoggedEvent): void;
  /** The log has lost its data: nothing that was missed can be found any more. */
  onReset(): void;
}

/** Hands each event to those who listen to its key. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(private readonly topics: readonly Topic[]) {}

  /** Listens until the returned function is called. */
  listen(topic: Topic, key: string, listener: Listener): () => void {
    const place = `${topic.field}:${key}`;
    const listeners = this.#listeners.get(place) ?? new Set();
    this.#listeners.set(place, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(place);
    };
  }

  dispatch(event: LoggedEvent): void {
    if (event.isReplayed) return;
    for (const topic of this.topics) {
      const key = topic.keyOfEvent(event);
      if (key === null) continue;
      for (const listener of this.#listeners.get(`${topic.field}:${key}`) ?? []) listener.onEvent(event);
    }
  }

  reset(): void {
    for (const listener of [...this.#listeners.values()].flatMap((listeners) => [...listeners])) listener.onReset();
  }
}
