import type { EntityManager } from 'typeorm';

/** Every call to a vendor and what it cost; amounts in millionths of a US dollar. */
export const ledgerRepository = {
  /** Spent and reserved in a month. A call whose cost never became known counts with all that was reserved for it. */
  async committed(manager: EntityManager, month: string): Promise<number> {
    const rows = (await manager.query(
      'SELECT coalesce(sum(coalesce(cost_micro_usd, reserved_micro_usd)), 0)::text AS total FROM vendor_call WHERE month = $1',
      [month],
    )) as { total: string }[]; // the column just named
    return Number(rows[0]?.total ?? 0);
  },

  /** Until the transaction ends nobody else reserves in this month. */
  async lockMonth(manager: EntityManager, month: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`budget:${month}`]);
  },

  async insert(
    manager: EntityManager,
    call: { id: string; month: string; vendor: string; model: string; reserved: number },
  ): Promise<void> {
    await manager.query(
      'INSERT INTO vendor_call (id, month, vendor, model, reserved_micro_usd) VALUES ($1, $2, $3, $4, $5)',
      [call.id, call.month, call.vendor, call.model, call.reserved],
    );
  },

  async settle(manager: EntityManager, id: string, cost: number): Promise<void> {
    await manager.query('UPDATE vendor_call SET cost_micro_usd = $2 WHERE id = $1', [id, cost]);
  },
};
