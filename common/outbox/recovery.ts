import { counter } from '../telemetry';
import { MESSAGE_COLUMNS, type OutboxMessage, send, taskOf } from './dispatch';
import type { RelayOptions } from './relay';

const BATCH = 500;

const recovered = counter('terakoya_outbox_recovered_total', 'Messages sent again because Redis had lost them.', [
  'schema',
  'kind',
]);

/**
 * Notices that Redis has lost its data (its epoch is another one than we remember) and fills it again from the database:
 * every job that is not settled, and the events of the last hour, marked as replayed.
 */
export async function recoverLostRedis(options: RelayOptions): Promise<void> {
  const { manager } = options.database;
  const epoch = await options.eventLog.epoch();
  const [state] = await manager.query<{ epoch: string }[]>('SELECT epoch FROM outbox_state');
  if (state?.epoch === epoch) return;
  if (state) await sendAgain(options);
  await manager.query(
    'INSERT INTO outbox_state (epoch) VALUES ($1) ON CONFLICT (is_only) DO UPDATE SET epoch = excluded.epoch',
    [epoch],
  );
}

async function sendAgain(options: RelayOptions): Promise<void> {
  options.logger.warn('Redis has lost its data: unsettled jobs and recent events are sent again');
  let last = '0';
  for (;;) {
    const messages = await options.database.manager.query<OutboxMessage[]>(
      `SELECT ${MESSAGE_COLUMNS} FROM outbox_message
       WHERE id > $1 AND dispatched_at IS NOT NULL AND (
         (kind = 'job' AND settled_at IS NULL) OR (kind = 'event' AND dispatched_at > now() - interval '1 hour'))
       ORDER BY id LIMIT ${BATCH}`,
      [last],
    );
    if (messages.length === 0) return;
    await send(options, messages, true);
    for (const { kind } of messages) recovered.inc({ schema: options.schema, kind });
    last = messages.at(-1)?.id ?? last;
  }
}

/** Sends jobs again that were dispatched a while ago and that neither their owner nor their queue knows to be done. */
export async function recoverLostJobs(options: RelayOptions): Promise<void> {
  const candidates = await options.database.manager.query<OutboxMessage[]>(
    `SELECT ${MESSAGE_COLUMNS} FROM outbox_message
     WHERE kind = 'job' AND settled_at IS NULL AND dispatched_at < now() - interval '10 seconds' ORDER BY id LIMIT ${BATCH}`,
  );
  const lost: OutboxMessage[] = [];
  for (const message of candidates) {
    if (!(await options.queues.has(taskOf(message.name), message.messageId))) lost.push(message);
  }
  if (lost.length === 0) return;
  options.logger.warn({ jobs: lost.length }, 'jobs unknown to their queue are sent again');
  recovered.inc({ schema: options.schema, kind: 'job' }, lost.length);
  await send(options, lost, true);
}

/** Forgets what is long done: a few thousand rows at a time. */
export async function removeOld(options: RelayOptions): Promise<void> {
  await options.database.manager.query(
    `DELETE FROM outbox_message WHERE id IN (
       SELECT id FROM outbox_message WHERE created_at < now() - interval '24 hours'
         AND dispatched_at IS NOT NULL AND (kind <> 'job' OR settled_at IS NOT NULL) ORDER BY id LIMIT 2000)`,
  );
  await options.database.manager.query(
    `DELETE FROM inbox_message WHERE message_id IN (
       SELECT message_id FROM inbox_message WHERE received_at < now() - interval '7 days' LIMIT 2000)`,
  );
}
