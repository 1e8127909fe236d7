import { type AccessTokens, type Viewer, readBearerToken } from '@terakoya/common/auth';

import { CLOSE } from './close-codes';

/** Longest delay that setTimeout keeps. */
const MAX_TIMER_MS = 2_147_483_647;

/** What is known of the other end of one socket. */
export class Connection {
  #viewer: Viewer | null = null;
  #expiry: NodeJS.Timeout | undefined;

  constructor(
    private readonly accessTokens: AccessTokens,
    readonly close: (code: number, reason: string) => void,
  ) {}

  get viewer(): Viewer | null {
    return this.#viewer;
  }

  /**
   * Takes the viewer from the `authorization` of connection_init (any case); without one nobody is signed in.
   * UNAUTHENTICATED when it is not valid. The connection ends with its token.
   */
  authenticate(parameters: Readonly<Record<string, unknown>>): void {
    const entry = Object.entries(parameters).find(([name]) => name.toLowerCase() === 'authorization');
    const token = readBearerToken(typeof entry?.[1] === 'string' ? entry[1] : undefined);
    if (token === null) return;
    const { viewer, expiresAt } = this.accessTokens.verify(token);
    this.#viewer = viewer;
    const lifetime = Math.min(expiresAt.getTime() - Date.now(), MAX_TIMER_MS);
    this.#expiry = setTimeout(() => this.close(CLOSE.forbidden, 'Forbidden: the access token has expired'), lifetime);
  }

  ended(): void {
    clearTimeout(this.#expiry);
  }
}
