import { createHmac, randomBytes } from 'node:crypto';

import { v7 as uuid } from 'uuid';

import { type AccessTokens, type Viewer, requireViewer } from '@terakoya/common/auth';
import type { Secret } from '@terakoya/common/config';
import { sessionEnded } from '@terakoya/common/contracts';
import type { Database, EntityManager } from '@terakoya/common/database';
import { RateLimitedError, UnauthenticatedError } from '@terakoya/common/errors';
import { publish } from '@terakoya/common/outbox';

import type { AccountEntity } from '../account/account.entity';
import { type AccountService, normaliseEmail } from '../account/account.service';
import type { AccountEvents } from '../events';
import { sessionRepository } from './session.repository';

export interface SessionTokens {
  readonly account: AccountEntity;
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

export interface SessionOptions {
  readonly accessTokens: AccessTokens;
  readonly refreshSecret: Secret;
  readonly accessSeconds: number;
  readonly refreshDays: number;
}

/** Attempts at one address in 15 minutes that do not succeed before it must wait. */
const MOST_ATTEMPTS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Sessions: an access token of minutes and a refresh token that is replaced at each use. A refresh token used a second
 * time was stolen, or is shown by a thief's victim: the whole session ends.
 */
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly events: AccountEvents,
    private readonly options: SessionOptions,
  ) {}

  /** CONFLICT for an address that is taken; RATE_LIMITED after ten attempts at it in 15 minutes. */
  async signUp(input: { email: string; password: string; displayName: string }): Promise<SessionTokens> {
    await this.#attempt(this.#hash(`sign-up:${normaliseEmail(input.email)}`));
    return this.#begin(await this.accounts.create(input));
  }

  /** UNAUTHENTICATED for a wrong address or password alike; RATE_LIMITED after ten failures in 15 minutes. */
  async signIn(email: string, password: string): Promise<SessionTokens> {
    const emailHash = this.#hash(`sign-in:${normaliseEmail(email)}`);
    await this.#attempt(emailHash);
    const account = await this.accounts.findByPassword(email, password);
    if (!account) {
      this.events.signInFailed();
      throw new UnauthenticatedError('The e-mail address or the password is wrong.');
    }
    await sessionRepository.forgetAttempts(this.database.manager, emailHash);
    return this.#begin(account);
  }

  /**
   * Counts an attempt before anything is compared, so that of a hundred sent at once only ten are answered, whether
   * they come as aliases, in a batch or in requests of their own.
   */
  #attempt(emailHash: string): Promise<void> {
    return this.database.transaction(async (manager) => {
      await sessionRepository.lockAttempts(manager, emailHash);
      const { count, waitSeconds } = await sessionRepository.recentAttempts(manager, emailHash);
      if (count >= MOST_ATTEMPTS) throw new RateLimitedError(waitSeconds);
      await sessionRepository.recordAttempt(manager, emailHash);
    });
  }

  async refresh(refreshToken: string): Promise<SessionTokens> {
    const outcome = await this.database.transaction((manager) => this.#rotate(manager, refreshToken));
    if (outcome === 'refused')
      throw new UnauthenticatedError('The refresh token is invalid or expired: sign in again.');
    return outcome;
  }

  /** Ends the session of a refresh token; one that is unknown has ended already. */
  async signOut(refreshToken: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const token = await sessionRepository.lockToken(manager, this.#hash(refreshToken));
      if (!token) return;
      await endSessions(manager, 'id', token.sessionId);
      this.events.signedOut(token.sessionId);
    });
  }

  /** Ends every session of the viewer; returns how many there were. */
  async signOutEverywhere(viewer: Viewer | null): Promise<number> {
    const { userId } = requireViewer(viewer);
    const sessions = await this.database.transaction((manager) => endSessions(manager, 'account_id', userId));
    this.events.signedOutEverywhere(userId, sessions);
    return sessions;
  }

  async #begin(account: AccountEntity): Promise<SessionTokens> {
    const sessionId = uuid();
    return this.database.transaction(async (manager) => {
      await sessionRepository.insert(manager, sessionId, account.id);
      this.events.signedIn(account.id, sessionId);
      return this.#issue(manager, account, sessionId);
    });
  }

  async #rotate(manager: EntityManager, refreshToken: string): Promise<SessionTokens | 'refused'> {
    const token = await sessionRepository.lockToken(manager, this.#hash(refreshToken));
    if (!token) return 'refused';
    const session = await sessionRepository.findSession(manager, token.sessionId);
    if (token.usedAt) {
      await endSessions(manager, 'id', token.sessionId);
      this.events.refreshReused(token.sessionId);
      return 'refused';
    }
    if (!session || session.revokedAt || token.expiresAt <= new Date()) return 'refused';
    const viewer: Viewer = { userId: session.accountId, role: 'STUDENT', sessionId: session.id };
    const [account] = await this.accounts.findMany(viewer, [session.accountId]);
    if (!account) return 'refused';
    await sessionRepository.markUsed(manager, token.tokenHash);
    return this.#issue(manager, account, session.id);
  }

  async #issue(manager: EntityManager, account: AccountEntity, sessionId: string): Promise<SessionTokens> {
    const refreshToken = randomBytes(32).toString('base64url');
    const refreshTokenExpiresAt = new Date(Date.now() + this.options.refreshDays * DAY_MS);
    const tokenHash = this.#hash(refreshToken);
    await sessionRepository.insertToken(manager, {
      tokenHash,
      sessionId,
      expiresAt: refreshTokenExpiresAt,
      usedAt: null,
    });
    const viewer: Viewer = { userId: account.id, role: account.role, sessionId };
    const { token, expiresAt } = this.options.accessTokens.sign(viewer, this.options.accessSeconds);
    return { account, accessToken: token, accessTokenExpiresAt: expiresAt, refreshToken, refreshTokenExpiresAt };
  }

  #hash(value: string): string {
    return createHmac('sha256', this.options.refreshSecret.reveal()).update(value).digest('hex');
  }
}

/** Ends sessions and tells everybody; returns how many had not ended before. */
async function endSessions(manager: EntityManager, column: 'id' | 'account_id', value: string): Promise<number> {
  const ended = await sessionRepository.revoke(manager, column, value);
  for (const session of ended) await publish(manager, sessionEnded, session.sessionId, session);
  return ended.length;
}
