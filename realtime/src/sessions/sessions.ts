import { sessionEnded } from '@terakoya/common/contracts';
import { UnauthenticatedError } from '@terakoya/common/errors';
import type { LoggedEvent } from '@terakoya/common/streams';

import type { RealtimeEvents } from '../events';
import type { Watcher } from '../subscriptions/hub';

/** No access token is valid for longer (ACCESS_TOKEN_LIFETIME_SECONDS), so an older end of a session concerns nobody. */
export const SESSION_MEMORY_MS = 60 * 60 * 1000;

/** Knows which sessions have ended though their access tokens have not expired, and who is connected with which. */
export class Sessions {
  readonly #ended = new Map<string, number>();
  readonly #connected = new Map<string, Set<() => void>>();

  constructor(
    private readonly events: RealtimeEvents,
    private readonly now: () => number = Date.now,
  ) {}

  /** What the hub is to tell. */
  get watcher(): Watcher {
    const { name, domain } = sessionEnded;
    return { name, domain, onEvent: (event) => this.onEvent(event) };
  }

  /** `onEnd` is called once when the session ends; UNAUTHENTICATED when it has ended. Gives the way to leave. */
  enter(sessionId: string, onEnd: () => void): () => void {
    if (this.#ended.has(sessionId)) throw new UnauthenticatedError('The session has ended: sign in again.');
    const connected = this.#connected.get(sessionId) ?? new Set();
    this.#connected.set(sessionId, connected.add(onEnd));
    return () => {
      connected.delete(onEnd);
      if (connected.size === 0 && this.#connected.get(sessionId) === connected) this.#connected.delete(sessionId);
    };
  }

  onEvent(event: LoggedEvent): void {
    if (event.name !== sessionEnded.name) return;
    const parsed = sessionEnded.payload.safeParse(event.payload);
    if (!parsed.success) return this.events.unreadable(event, parsed.error);
    this.#forgetOld();
    const { sessionId } = parsed.data;
    if (this.#ended.has(sessionId)) return;
    this.#ended.set(sessionId, this.now());
    this.events.sessionEnded();
    for (const end of this.#connected.get(sessionId) ?? []) end();
  }

  /** In the order they ended, so the first that is young enough ends the search. */
  #forgetOld(): void {
    for (const [sessionId, endedAt] of this.#ended) {
      if (endedAt > this.now() - SESSION_MEMORY_MS) return;
      this.#ended.delete(sessionId);
    }
  }
}
