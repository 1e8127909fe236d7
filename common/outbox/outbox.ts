import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';

import type { EventContract, TaskContract } from '../contracts';
import { currentTraceparent } from '../telemetry';

interface OutboxRow {
  readonly messageId: string;
  readonly kind: 'event' | 'job' | 'cancel';
  readonly name: string;
  readonly aggregateId: string;
  readonly payload: unknown;
}

/**
 * Says an event in the transaction that changes the state. Events of one aggregate are delivered in this order when
 * the transaction holds the aggregate's row lock.
 */
export async function publish<P extends z.ZodType>(
  manager: EntityManager,
  contract: EventContract<P>,
  aggregateId: string,
  payload: z.input<P>,
): Promise<void> {
  const parsed = contract.payload.parse(payload);
  await insert(manager, [{ messageId: uuid(), kind: 'event', name: contract.name, aggregateId, payload: parsed }]);
}

/** Asks for work in the transaction that needs it. Returns the jobs' ids in the order of the payloads. */
export async function enqueue<P extends z.ZodType, R extends z.ZodType>(
  manager: EntityManager,
  contract: TaskContract<P, R>,
  aggregateId: string,
  payloads: readonly z.input<P>[],
): Promise<string[]> {
  const rows = payloads.map((payload) => ({
    messageId: uuid(),
    kind: 'job' as const,
    name: contract.name,
    aggregateId,
    payload: contract.payload.parse(payload),
  }));
  await insert(manager, rows);
  return rows.map((row) => row.messageId);
}

/** Takes back every unsettled job of an aggregate: waiting ones are removed, running ones are told to stop. */
export async function cancelJobs(manager: EntityManager, aggregateId: string): Promise<void> {
  // TypeORM returns [rows, count] for an UPDATE … RETURNING
  const [rows] = await manager.query<[{ jobId: string; name: string }[], number]>(
    `UPDATE outbox_message SET settled_at = now(), dispatched_at = coalesce(dispatched_at, now())
     WHERE aggregate_id = $1 AND kind = 'job' AND settled_at IS NULL RETURNING message_id AS "jobId", name`,
    [aggregateId],
  );
  const cancels = rows.map(({ jobId, name }) => ({
    messageId: uuid(),
    kind: 'cancel' as const,
    name,
    aggregateId,
    payload: { jobId },
  }));
  await insert(manager, cancels);
}

/** Marks a job as done; true only the first time, so that its effect can be applied exactly once in this transaction. */
export async function settle(manager: EntityManager, jobId: string): Promise<boolean> {
  const [, count] = await manager.query<[unknown, number]>(
    "UPDATE outbox_message SET settled_at = now() WHERE message_id = $1 AND kind = 'job' AND settled_at IS NULL",
    [jobId],
  );
  return count === 1;
}

/** Remembers an event; true only the first time, so that a repeated delivery has no second effect. */
export async function consumeOnce(manager: EntityManager, messageId: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    'INSERT INTO inbox_message (message_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING message_id',
    [messageId],
  );
  return rows.length === 1;
}

async function insert(manager: EntityManager, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO outbox_message (message_id, kind, name, aggregate_id, payload, traceparent)
     SELECT m.message_id, m.kind, m.name, m.aggregate_id, m.payload, $2
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb)
       AS (message_id uuid, kind text, name text, aggregate_id text, payload jsonb)) WITH ORDINALITY
       AS m(message_id, kind, name, aggregate_id, payload, position)
     ORDER BY m.position`,
    [
      JSON.stringify(
        rows.map(({ messageId, kind, name, aggregateId, payload }) => ({
          message_id: messageId,
          kind,
          name,
          aggregate_id: aggregateId,
          payload,
        })),
      ),
      currentTraceparent(),
    ],
  );
}
