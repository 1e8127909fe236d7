import type { GraphQLError } from 'graphql';

import type { Payload } from './payload';

/** The other end of one operation, whatever the transport. None of its methods throws. */
export interface Listener {
  next(payload: Payload): void;
  /** Resolves when what was sent has left this process far enough that more does not pile up. */
  drained(): Promise<void>;
  /** The operation ends with errors; nothing follows. */
  error(errors: readonly GraphQLError[]): void;
  /** The operation ends; nothing follows. */
  complete(): void;
  /** More waits for it than may: it is cut off, and told to go on from its last cursor. */
  tooSlow(): void;
}
