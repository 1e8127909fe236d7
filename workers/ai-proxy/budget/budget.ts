import { randomUUID } from 'node:crypto';

import type { Database } from '@terakoya/common/database';
import { SpendLimitError, UnavailableError } from '@terakoya/common/errors';

import type { Budget, PaidCall, Reservation, Usage } from '../../vendors/budget';
import type { AiProxyEvents } from '../events';
import { type CallEnd, ledgerRepository } from './ledger.repository';

export interface BudgetOptions {
  readonly database: Database;
  /** Per calendar month in UTC; with 0 nothing is ever asked of the database or of a vendor. */
  readonly limitUsd: number;
  readonly events: AiProxyEvents;
  /** After this time a reservation whose call never left is free again, in milliseconds. */
  readonly reservationMs?: number;
  readonly now?: () => number;
}

export interface SpendingBudget extends Budget {
  /** What may still be spent this month, in micro-USD. */
  left(): Promise<number>;
}

const MICRO = 1_000_000;
const RESERVATION_MS = 120_000;
const NO_USAGE = { inputTokens: 0, outputTokens: 0, images: 0 };

/**
 * The spend limit. A call's worst case is put aside before it leaves, in one transaction that holds the month's row, so
 * that calls at the same time, in whatever process, never pass the limit together. Money comes back only where nothing
 * can have been billed: a call that never left (released, or expired because its process died), or that the vendor
 * turned down. A call that left and whose end nobody saw counts at its worst case.
 */
export function createBudget(options: BudgetOptions): SpendingBudget {
  const limit = Math.floor(options.limitUsd * MICRO);
  const now = options.now ?? Date.now;
  return {
    async reserve(call) {
      if (!Number.isSafeInteger(call.worstMicroUsd) || call.worstMicroUsd < 0)
        throw new RangeError(`A cost must be a whole number of micro-USD: ${call.worstMicroUsd}`);
      const id = randomUUID();
      const month = monthOf(now());
      const isReserved = limit > 0 && (await putAside(options, call, { id, month, limit, now: now() }));
      if (!isReserved) {
        options.events.spendRefused(call.vendor, call.worstMicroUsd);
        throw new SpendLimitError(options.limitUsd);
      }
      return reservationOf(options, call, id, month, now);
    },
    async left() {
      if (limit === 0) return 0;
      const charged = await ledgerRepository.charged(options.database.manager, monthOf(now()));
      return Math.max(limit - charged, 0);
    },
  };
}

/** The first day of the month in UTC, as PostgreSQL writes a date. */
function monthOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 7)}-01`;
}

async function putAside(
  { database, reservationMs = RESERVATION_MS }: BudgetOptions,
  call: PaidCall,
  { id, month, limit, now }: { id: string; month: string; limit: number; now: number },
): Promise<boolean> {
  return database.transaction(async (manager) => {
    const charged = await ledgerRepository.lockMonth(manager, month);
    const at = new Date(now);
    const stillCharged = charged - (await ledgerRepository.releaseExpired(manager, month, at));
    const isWithin = stillCharged + call.worstMicroUsd <= limit;
    await ledgerRepository.setCharged(manager, month, isWithin ? stillCharged + call.worstMicroUsd : stillCharged);
    if (isWithin)
      await ledgerRepository.insert(manager, { ...call, id, month, at, expiresAt: new Date(now + reservationMs) });
    return isWithin;
  });
}

function reservationOf(
  { database, events }: BudgetOptions,
  { vendor, model, worstMicroUsd }: PaidCall,
  id: string,
  month: string,
  now: () => number,
): Reservation {
  const end = async (state: CallEnd['state'], chargedMicroUsd: number, usage: Omit<Usage, 'microUsd'>) => {
    const isEnded = await database.transaction(async (manager) => {
      const charged = await ledgerRepository.lockMonth(manager, month);
      const before = await ledgerRepository.end(manager, id, { state, chargedMicroUsd, usage, at: new Date(now()) });
      if (before !== undefined) await ledgerRepository.setCharged(manager, month, charged - before + chargedMicroUsd);
      return before !== undefined;
    });
    if (isEnded) events.vendorCallEnded({ callId: id, vendor, model, state, microUsd: chargedMicroUsd });
  };
  return {
    async send() {
      if (!(await ledgerRepository.markSent(database.manager, id, new Date(now()))))
        throw new UnavailableError('The money put aside for the call is no longer reserved.');
    },
    settle: (usage) => end('settled', usage.microUsd, usage),
    release: () => end('released', 0, NO_USAGE),
    lose: () => end('lost', worstMicroUsd, NO_USAGE),
  };
}
