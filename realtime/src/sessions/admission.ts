import { type AccessTokens, type Viewer, readBearerToken } from '@terakoya/common/auth';

import type { Sessions } from './sessions';
import type { UserLimits } from './user-limits';

/** Longest delay that setTimeout keeps. */
const MAX_TIMER_MS = 2_147_483_647;

export interface AdmissionOptions {
  readonly accessTokens: AccessTokens;
  readonly sessions: Sessions;
  readonly limits: UserLimits;
}

/** One who is connected. */
export interface Admitted {
  readonly viewer: Viewer | null;
  /** The connection is gone. */
  leave(): void;
}

/** Told once, when somebody may be connected no longer. */
export type OnEnd = (why: 'token-expired' | 'session-ended') => void;

/** Lets people connect, whatever the transport, and tells when their leave ends. */
export class Admission {
  constructor(private readonly options: AdmissionOptions) {}

  /**
   * Takes the viewer from an `Authorization` value; without one nobody is signed in. UNAUTHENTICATED when it is not
   * valid or its session has ended, LIMIT_EXCEEDED when the user has too many connections.
   */
  admit(authorization: string | undefined, onEnd: OnEnd): Admitted {
    const { accessTokens, sessions, limits } = this.options;
    const token = readBearerToken(authorization);
    if (token === null) return { viewer: null, leave: () => undefined };
    const { viewer, expiresAt } = accessTokens.verify(token);
    const leaveUser = limits.enterConnection(viewer.userId);
    try {
      const leaveSession = sessions.enter(viewer.sessionId, () => onEnd('session-ended'));
      const lifetime = Math.min(expiresAt.getTime() - Date.now(), MAX_TIMER_MS);
      const expiry = setTimeout(() => onEnd('token-expired'), lifetime);
      const leave = (): void => {
        clearTimeout(expiry);
        leaveSession();
        leaveUser();
      };
      return { viewer, leave };
    } catch (error) {
      leaveUser();
      throw error;
    }
  }
}
