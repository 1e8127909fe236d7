import { EVENTS, TASKS, type TaskContract } from '../contracts';
import type { NewJob } from '../queue';
import type { NewEvent } from '../streams';
import { currentTraceparent, histogram, withSpan, withTraceparent } from '../telemetry';
import type { RelayOptions } from './relay';

export interface OutboxMessage {
  readonly id: string;
  readonly messageId: string;
  readonly kind: 'event' | 'job' | 'cancel';
  readonly name: string;
  readonly aggregateId: string;
  readonly payload: unknown;
  readonly traceparent: string | null;
  readonly createdAt: Date;
}

export const MESSAGE_COLUMNS = `id, message_id AS "messageId", kind, name, aggregate_id AS "aggregateId", payload,
  traceparent, created_at AS "createdAt"`;

const BATCH = 500;

const delayed = histogram('terakoya_outbox_dispatch_seconds', 'From commit of a message to its dispatch.', [
  'schema',
  'kind',
]);

/** Dispatches the next messages in order of insertion; returns how many there were. */
export async function dispatchBatch(options: RelayOptions): Promise<number> {
  const messages = await options.database.manager.query<OutboxMessage[]>(
    `SELECT ${MESSAGE_COLUMNS} FROM outbox_message WHERE dispatched_at IS NULL ORDER BY id LIMIT ${BATCH}`,
  );
  if (messages.length === 0) return 0;
  await send(options, messages, false);
  await options.database.manager.query('UPDATE outbox_message SET dispatched_at = now() WHERE id = ANY($1::bigint[])', [
    messages.map(({ id }) => id),
  ]);
  for (const { kind, createdAt, traceparent } of messages) {
    const seconds = Math.max(0, Date.now() - createdAt.getTime()) / 1000;
    // In the trace of who wrote it, so that a late one leads there.
    withTraceparent(traceparent, () => delayed.observe({ schema: options.schema, kind }, seconds));
  }
  return messages.length;
}

/** Writes messages to the log and the queues. What was sent before and comes again is recognised by its id. */
export async function send(
  options: RelayOptions,
  messages: readonly OutboxMessage[],
  isReplayed: boolean,
): Promise<void> {
  const traced = await Promise.all(
    messages.map(async (message) => ({ ...message, traceparent: await traceOf(message) })),
  );
  const events = traced.filter(({ kind }) => kind === 'event');
  if (events.length > 0) await options.eventLog.append(events.map((message) => toEvent(message, isReplayed)));
  const jobs = traced.filter(({ kind }) => kind === 'job');
  if (jobs.length > 0) await options.queues.add(jobs.map(toJob));
  for (const { name, payload } of traced.filter(({ kind }) => kind === 'cancel')) {
    await options.queues.cancel(taskOf(name), (payload as { jobId: string }).jobId); // written by cancelJobs
  }
}

/** The dispatch is a span of the trace that wrote the row; what follows hangs under it. */
function traceOf(message: OutboxMessage): Promise<string | null> {
  if (message.traceparent === null) return Promise.resolve(null);
  const attributes = {
    'messaging.system': message.kind === 'event' ? 'redis' : 'bullmq',
    'messaging.operation.type': 'send',
    'messaging.message.id': message.messageId,
    'terakoya.outbox_lag_ms': Date.now() - message.createdAt.getTime(),
  };
  const options = { kind: 'producer', traceparent: message.traceparent, attributes } as const;
  return withSpan(`dispatch ${message.name}`, options, async () => currentTraceparent() ?? message.traceparent);
}

function toEvent(message: OutboxMessage, isReplayed: boolean): NewEvent {
  const contract = EVENTS.get(message.name);
  if (!contract) throw new RangeError(`There is no event ${message.name}.`);
  return {
    id: message.messageId,
    name: message.name,
    domain: contract.domain,
    aggregateId: message.aggregateId,
    payload: message.payload,
    traceparent: message.traceparent,
    occurredAt: message.createdAt.getTime(),
    isReplayed,
  };
}

function toJob(message: OutboxMessage): NewJob {
  return {
    task: taskOf(message.name),
    jobId: message.messageId,
    payload: message.payload,
    traceparent: message.traceparent,
  };
}

export function taskOf(name: string): TaskContract {
  const contract = TASKS.get(name);
  if (!contract) throw new RangeError(`There is no task ${name}.`);
  return contract;
}
