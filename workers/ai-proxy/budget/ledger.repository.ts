import { z } from 'zod';

import type { EntityManager } from '@terakoya/common/database';

import type { PaidCall, Usage } from '../../vendors/budget';

/** How a call stands; `sent` without an end is one whose process died, and counts at its worst case like `lost`. */
export type CallState = 'reserved' | 'sent' | 'settled' | 'released' | 'lost';

export interface CallEnd {
  readonly state: 'settled' | 'released' | 'lost';
  readonly chargedMicroUsd: number;
  readonly usage: Omit<Usage, 'microUsd'>;
  readonly at: Date;
}

/** PostgreSQL's bigint arrives as a string. */
const amountSchema = z.array(z.object({ amount: z.coerce.number() })).transform((rows) => rows[0]?.amount);

/** The rows of the ledger. The month's row is always locked before a call's, so that nobody waits in a circle. */
export const ledgerRepository = {
  /** What counts against a month's limit, in micro-USD; 0 for a month without calls. */
  async charged(manager: EntityManager, month: string): Promise<number> {
    const rows: unknown = await manager.query('SELECT charged_micro_usd AS amount FROM budget_month WHERE month = $1', [
      month,
    ]);
    return amountSchema.parse(rows) ?? 0;
  },

  /** Locks the month, which is made when it is new, and tells what counts against its limit. */
  async lockMonth(manager: EntityManager, month: string): Promise<number> {
    await manager.query('INSERT INTO budget_month (month) VALUES ($1) ON CONFLICT DO NOTHING', [month]);
    const rows: unknown = await manager.query(
      'SELECT charged_micro_usd AS amount FROM budget_month WHERE month = $1 FOR UPDATE',
      [month],
    );
    return amountSchema.parse(rows) ?? 0;
  },

  /** Frees what was put aside for calls that never left; tells how much that was. */
  async releaseExpired(manager: EntityManager, month: string, now: Date): Promise<number> {
    const rows: unknown = await manager.query(
      `WITH expired AS (
         UPDATE vendor_call SET state = 'released', charged_micro_usd = 0, ended_at = $2
         WHERE month = $1 AND state = 'reserved' AND expires_at <= $2 RETURNING worst_micro_usd
       ) SELECT COALESCE(sum(worst_micro_usd), 0) AS amount FROM expired`,
      [month, now],
    );
    return amountSchema.parse(rows) ?? 0;
  },

  async insert(
    manager: EntityManager,
    row: PaidCall & { readonly id: string; readonly month: string; readonly at: Date; readonly expiresAt: Date },
  ): Promise<void> {
    await manager.query(
      `INSERT INTO vendor_call (id, month, vendor, model, state, worst_micro_usd, charged_micro_usd, reserved_at, expires_at)
       VALUES ($1, $2, $3, $4, 'reserved', $5, $5, $6, $7)`,
      [row.id, row.month, row.vendor, row.model, row.worstMicroUsd, row.at, row.expiresAt],
    );
  },

  async setCharged(manager: EntityManager, month: string, microUsd: number): Promise<void> {
    await manager.query('UPDATE budget_month SET charged_micro_usd = $2 WHERE month = $1', [month, microUsd]);
  },

  /** False when the reservation has expired or was already used. */
  async markSent(manager: EntityManager, id: string, now: Date): Promise<boolean> {
    const rows: unknown = await manager.query(
      `WITH sent AS (
         UPDATE vendor_call SET state = 'sent' WHERE id = $1 AND state = 'reserved' AND expires_at > $2 RETURNING 1
       ) SELECT count(*) AS amount FROM sent`,
      [id, now],
    );
    return amountSchema.parse(rows) === 1;
  },

  /** Ends a call that is still open; what was charged for it until now, undefined when it had ended before. */
  async end(manager: EntityManager, id: string, end: CallEnd): Promise<number | undefined> {
    const { inputTokens, outputTokens, images } = end.usage;
    const rows: unknown = await manager.query(
      `WITH ended AS (
         UPDATE vendor_call SET state = $2, charged_micro_usd = $3, input_tokens = $4, output_tokens = $5, images = $6,
                ended_at = $7
         WHERE id = $1 AND state IN ('reserved', 'sent') RETURNING worst_micro_usd
       ) SELECT worst_micro_usd AS amount FROM ended`,
      [id, end.state, end.chargedMicroUsd, inputTokens, outputTokens, images, end.at],
    );
    return amountSchema.parse(rows);
  },
};
