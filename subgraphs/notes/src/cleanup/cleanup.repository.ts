import type { EntityManager } from 'typeorm';

/** Something to be done after a commit: take back the jobs of a run, or remove objects. */
export interface Cleanup {
  readonly id: string;
  readonly runId: string | null;
  readonly keyPrefix: string | null;
}

export interface CleanupPlan {
  readonly runIds: readonly string[];
  readonly keyPrefixes: readonly string[];
}

export const cleanupRepository = {
  /** Jobs are taken back at once; objects are removed at once and, in case a worker was just storing one, again later. */
  async insert(manager: EntityManager, { runIds, keyPrefixes }: CleanupPlan, againSeconds: number): Promise<void> {
    await manager.query(
      `INSERT INTO cleanup (run_id, key_prefix, due_at)
       SELECT run_id, NULL, now() FROM unnest($1::uuid[]) AS run_id
       UNION ALL
       SELECT NULL, key_prefix, now() + delay * interval '1 second'
       FROM unnest(ARRAY[0, $3::int]) AS delay, unnest($2::text[]) AS key_prefix`,
      [runIds, keyPrefixes, againSeconds],
    );
  },

  /** The next one that is due, locked; other processes take others. */
  async takeDue(manager: EntityManager): Promise<Cleanup | undefined> {
    const rows = await manager.query<Cleanup[]>(
      `SELECT id, run_id AS "runId", key_prefix AS "keyPrefix" FROM cleanup
       WHERE due_at <= now() ORDER BY run_id NULLS LAST, due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return rows[0];
  },

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.query('DELETE FROM cleanup WHERE id = $1', [id]);
  },

  async postpone(manager: EntityManager, id: string, seconds: number): Promise<void> {
    await manager.query("UPDATE cleanup SET due_at = now() + $2::int * interval '1 second' WHERE id = $1", [
      id,
      seconds,
    ]);
  },
};
