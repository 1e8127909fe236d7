import { v7 as uuid } from 'uuid';

import type { Database } from '@terakoya/common/database';
import { SpendLimitError } from '@terakoya/common/errors';
import { counter, gauge } from '@terakoya/common/telemetry';

import { ledgerRepository } from './ledger.repository';

/** A call that is about to be made; the worst case in millionths of a US dollar. */
export interface PlannedCall {
  readonly vendor: 'openai' | 'google-vision';
  readonly model: string;
  readonly worstCaseMicroUsd: number;
}

/** What a call gave, and what it cost in millionths of a US dollar. */
export interface PaidResult<T> {
  readonly value: T;
  readonly costMicroUsd: number;
}

/** A call that failed before the vendor did any work says so, and what was reserved for it is free again. */
export class NotCharged extends Error {
  override readonly name = 'NotCharged';
  constructor(override readonly cause: unknown) {
    super('The vendor did not charge for the call.');
  }
}

export interface Budget {
  /** Makes a paid call within the limit, or throws SPEND_LIMIT_REACHED before anything is sent. */
  spend<T>(planned: PlannedCall, call: () => Promise<PaidResult<T>>): Promise<T>;
}

const MICRO = 1_000_000;

const spent = counter('terakoya_ai_spend_micro_usd_total', 'Spent on vendors, in millionths of a US dollar.', [
  'vendor',
]);
const refused = counter('terakoya_ai_refusals_total', 'Calls that the spend limit refused.', ['vendor']);
const left = gauge('terakoya_ai_budget_left_micro_usd', 'Left of this month, in millionths of a US dollar.');

/**
 * The spend limit of a calendar month (UTC). The worst case of a call is reserved before it is made, in one transaction
 * that others wait for, and replaced by its real cost after: calls at the same time cannot pass the limit together, and
 * a crash in the middle leaves the worst case reserved.
 */
export function createBudget(database: Database, limitUsd: number, now: () => Date = () => new Date()): Budget {
  const limit = Math.floor(limitUsd * MICRO);

  const reserve = async ({ vendor, model, worstCaseMicroUsd }: PlannedCall): Promise<string> => {
    if (limit === 0) throw refuse(vendor);
    const month = now().toISOString().slice(0, 7);
    const id = uuid();
    await database.transaction(async (manager) => {
      await ledgerRepository.lockMonth(manager, month);
      const free = limit - (await ledgerRepository.committed(manager, month));
      if (worstCaseMicroUsd > free) throw refuse(vendor);
      left.set(free - worstCaseMicroUsd);
      await ledgerRepository.insert(manager, { id, month, vendor, model, reserved: worstCaseMicroUsd });
    });
    return id;
  };

  const refuse = (vendor: string): SpendLimitError => {
    refused.inc({ vendor });
    return new SpendLimitError(limitUsd);
  };

  return {
    async spend(planned, call) {
      const id = await reserve(planned);
      try {
        const { value, costMicroUsd } = await call();
        await ledgerRepository.settle(database.manager, id, Math.ceil(costMicroUsd));
        spent.inc({ vendor: planned.vendor }, Math.ceil(costMicroUsd));
        return value;
      } catch (error) {
        if (!(error instanceof NotCharged)) throw error;
        await ledgerRepository.settle(database.manager, id, 0);
        throw error.cause;
      }
    },
  };
}
