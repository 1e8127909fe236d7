import type { Closable } from '@terakoya/common/lifecycle';
import type { LoggedEvent, Positions } from '@terakoya/common/streams';

export interface EventListener {
  /** Called for each new event in its domain's order. */
  readonly onEvent: (event: LoggedEvent) => void;
  /** The log has lost its data: events before this are gone. */
  readonly onReset: () => void;
}

/** Where events come from. */
export interface EventSource extends Closable {
  /** Listens from now on; resolves with the places after which events are told. */
  listen(domains: readonly string[], listener: EventListener): Promise<Positions>;
  /** Every kept event of a domain after a cursor (`<epoch>.<entry id>`); CURSOR_EXPIRED when some are gone. */
  replay(domain: string, cursor: string, onBatch: (events: readonly LoggedEvent[]) => void): Promise<void>;
  /** Every kept event of a domain that was logged since then (milliseconds since the epoch), in order. */
  readSince(domain: string, since: number, onBatch: (events: readonly LoggedEvent[]) => void): Promise<void>;
  ready(): Promise<void>;
}
