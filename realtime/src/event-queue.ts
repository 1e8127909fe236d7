import { SchoolError } from '@terakoya/common/errors';
import { type LoggedEvent, compareEntryIds } from '@terakoya/common/streams';

import type { Listener } from './hub';

/** Most events that wait for a slow client. */
const MOST_WAITING = 5_000;

/**
 * The events of one subscription, in order and each once: what was missed first, then what comes live. While the missed
 * ones are being read, live ones wait; an event that both bring is taken once.
 */
export class EventQueue implements Listener {
  readonly #waiting: LoggedEvent[] = [];
  #live: LoggedEvent[] | null;
  #lastId = '0-0';
  #failure: Error | undefined;
  #isClosed = false;
  #wake: () => void = () => undefined;

  /** `isReplaying`: live events are held back until `replayed` is called. */
  constructor(isReplaying: boolean) {
    this.#live = isReplaying ? [] : null;
  }

  onEvent(event: LoggedEvent): void {
    if (this.#live) this.#live.push(event);
    else this.push(event);
  }

  onReset(): void {
    this.fail(
      new SchoolError('CURSOR_EXPIRED', 'Events were lost: load the present state and subscribe without `after`.'),
    );
  }

  /** Adds an event, unless it is not behind the last one. */
  push(event: LoggedEvent): void {
    if (compareEntryIds(event.entryId, this.#lastId) <= 0) return;
    this.#lastId = event.entryId;
    this.#waiting.push(event);
    if (this.#waiting.length > MOST_WAITING) {
      this.fail(new SchoolError('LIMIT_EXCEEDED', 'The client is too slow: subscribe again with `after` to go on.'));
    }
    this.#wake();
  }

  /** What was missed is in; the live events that came meanwhile follow. */
  replayed(): void {
    const live = this.#live ?? [];
    this.#live = null;
    for (const event of live) this.push(event);
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** The next event; null when the queue is closed. Throws what it failed with, behind the events before. */
  async next(): Promise<LoggedEvent | null> {
    for (;;) {
      if (this.#isClosed) return null;
      const event = this.#waiting.shift();
      if (event) return event;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
