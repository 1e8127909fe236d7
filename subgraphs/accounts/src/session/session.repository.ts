import type { EntityManager } from 'typeorm';

import { RefreshTokenEntity, SessionEntity } from './session.entity';

/** A session that has just been ended. */
export interface EndedSession {
  readonly sessionId: string;
  readonly userId: string;
}

/** How far back attempts count. */
const WINDOW = "interval '15 minutes'";

/** Sessions, their refresh tokens, and attempts at signing in and up. */
export const sessionRepository = {
  async insert(manager: EntityManager, id: string, accountId: string): Promise<void> {
    await manager.insert(SessionEntity, { id, accountId, revokedAt: null });
  },

  async insertToken(manager: EntityManager, token: RefreshTokenEntity): Promise<void> {
    await manager.insert(RefreshTokenEntity, token);
  },

  /** Locked, so that of two uses of one token at the same time only one finds it unused. */
  lockToken: (manager: EntityManager, tokenHash: string): Promise<RefreshTokenEntity | null> =>
    manager.findOne(RefreshTokenEntity, { where: { tokenHash }, lock: { mode: 'pessimistic_write' } }),

  async markUsed(manager: EntityManager, tokenHash: string): Promise<void> {
    await manager.update(RefreshTokenEntity, { tokenHash }, { usedAt: new Date() });
  },

  findSession: (manager: EntityManager, id: string): Promise<SessionEntity | null> =>
    manager.findOneBy(SessionEntity, { id }),

  /** Ends the session of that id, or every session of that account, and gives those that had not ended before. */
  async revoke(manager: EntityManager, column: 'id' | 'account_id', value: string): Promise<EndedSession[]> {
    // TypeORM returns [rows, count] for an UPDATE … RETURNING
    const [rows] = await manager.query<[EndedSession[], number]>(
      `UPDATE session SET revoked_at = now() WHERE ${column} = $1 AND revoked_at IS NULL
       RETURNING id AS "sessionId", account_id AS "userId"`,
      [value],
    );
    return rows;
  },

  /** Attempts at one address wait for each other until the transaction ends, so that none is counted too late. */
  async lockAttempts(manager: EntityManager, emailHash: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [emailHash]);
  },

  /** An attempt counts as failed until it has succeeded. */
  async recordAttempt(manager: EntityManager, emailHash: string): Promise<void> {
    await manager.query('INSERT INTO failed_sign_in (email_hash) VALUES ($1)', [emailHash]);
    await manager.query(`DELETE FROM failed_sign_in WHERE failed_at < now() - ${WINDOW}`);
  },

  /** How many attempts at this address have not succeeded lately, and in how many seconds the oldest stops to count. */
  async recentAttempts(manager: EntityManager, emailHash: string): Promise<{ count: number; waitSeconds: number }> {
    const rows = await manager.query<{ count: number; waitSeconds: number }[]>(
      `SELECT count(*)::int AS count,
              coalesce(ceil(extract(epoch FROM min(failed_at) + ${WINDOW} - now())), 0)::int AS "waitSeconds"
       FROM failed_sign_in WHERE email_hash = $1 AND failed_at > now() - ${WINDOW}`,
      [emailHash],
    );
    return rows[0] ?? { count: 0, waitSeconds: 0 };
  },

  async forgetAttempts(manager: EntityManager, emailHash: string): Promise<void> {
    await manager.query('DELETE FROM failed_sign_in WHERE email_hash = $1', [emailHash]);
  },
};
