import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type AccountEvents = ReturnType<typeof createAccountEvents>;

/** The business events of accounts: each a count and a log line with ids, never an address or a token. */
export function createAccountEvents(logger: Logger) {
  const happened = counter('terakoya_account_events_total', 'Account events by kind.', ['kind']);
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    signedUp: (userId: string) => tell('signed-up', { userId }),
    signedIn: (userId: string, sessionId: string) => tell('signed-in', { userId, sessionId }),
    signInFailed: () => tell('sign-in-failed', {}),
    refreshReused: (sessionId: string) => tell('refresh-token-reused', { sessionId }),
    signedOut: (sessionId: string) => tell('signed-out', { sessionId }),
    signedOutEverywhere: (userId: string, sessions: number) => tell('signed-out-everywhere', { userId, sessions }),
    roleSet: (userId: string, role: string) => tell('role-set', { userId, role }),
  };
}
