/** What signing in gives. */
export interface SignedIn {
  readonly accessToken: string;
  /** ISO 8601. */
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
}

/** A token is renewed so long before it expires. */
const EARLY_MS = 60_000;
/** And not more often than this, should this machine's clock be wrong. */
const LEAST_MS = 30_000;

/** The tokens of whoever is signed in, in memory only: a reload signs out. */
export class Tokens {
  #signedIn: SignedIn | null = null;
  #renewAt = 0;
  #renewing: Promise<void> | undefined;

  constructor(
    private readonly renew: (refreshToken: string) => Promise<SignedIn>,
    private readonly now: () => number = Date.now,
  ) {}

  use(signedIn: SignedIn): void {
    this.#signedIn = signedIn;
    this.#renewAt = Math.max(Date.parse(signedIn.accessTokenExpiresAt) - EARLY_MS, this.now() + LEAST_MS);
  }

  /** The access token, renewed when its end is near; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    if (!this.#signedIn) return null;
    if (this.now() >= this.#renewAt) {
      this.#renewing ??= this.#renew(this.#signedIn.refreshToken).finally(() => (this.#renewing = undefined));
      await this.#renewing;
    }
    return this.#signedIn.accessToken;
  }

  /** A token that could not be renewed is sent as it is: the school says what is wrong with it. */
  async #renew(refreshToken: string): Promise<void> {
    try {
      this.use(await this.renew(refreshToken));
    } catch {
      this.#renewAt = this.now() + LEAST_MS / 10;
    }
  }
}
