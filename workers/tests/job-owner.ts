import type { z } from 'zod';

import {
  type TaskContract,
  type TaskOutcome,
  composeRecording,
  inspectDocument,
  readPage,
  renderPage,
  summariseNotebook,
} from '@terakoya/common/contracts';
import { type Database, createDatabase } from '@terakoya/common/database';
import { closeInReverse } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { OutboxMigration1764000000000, cancelJobs, createRelay, enqueue } from '@terakoya/common/outbox';
import { type OutcomeHandler, applyOutcome, createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { createEventLog } from '@terakoya/common/streams';
import { prepareTestRoles, testRoleUrl } from '@terakoya/common/testkit';

const CONTRACTS = [inspectDocument, renderPage, readPage, summariseNotebook, composeRecording];

export interface Connection {
  readonly redisUrl: string;
  readonly prefix: string;
}

/** A subgraph's side of the work: jobs by its outbox and relay, outcomes by its consumer. */
export interface JobOwner {
  /** Resolves with how the job ended, as the owner hears of it. `aggregateId` is the job's own in these tests. */
  run<P extends z.ZodType, R extends z.ZodType>(
    contract: TaskContract<P, R>,
    aggregateId: string,
    payload: z.input<P>,
  ): Promise<TaskOutcome<TaskContract<P, R>>>;
  cancel(aggregateId: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes the roles that the workers' tests use in a fresh database. */
export function prepareRoles(databaseUrl: string): Promise<void> {
  return prepareTestRoles(databaseUrl, 'notes', 'assistant', 'meetings', 'ai_proxy');
}

export async function startJobOwner(
  owner: TaskContract['owner'],
  databaseUrl: string,
  connection: Connection,
): Promise<JobOwner> {
  const logger = createLogger('test', 'silent');
  const url = testRoleUrl(databaseUrl, owner);
  const migrations = [OutboxMigration1764000000000];
  const database: Database = createDatabase({ url, schema: owner, entities: [], migrations, poolSize: 4 });
  await database.start();
  const waiting = new Map<string, (outcome: never) => void>();
  const handlers: OutcomeHandler[] = CONTRACTS.filter((contract) => contract.owner === owner).map((contract) =>
    applyOutcome(contract as TaskContract, async (_manager, payload, outcome) => {
      waiting.get(JSON.stringify(payload))?.(outcome as never); // run() knows the type by its contract
    }),
  );
  const eventLog = createEventLog(connection);
  const queues = createQueues(connection);
  const relay = createRelay({ databaseUrl: url, schema: owner, database, eventLog, queues, logger });
  const consumer = createOutcomeConsumer({ ...connection, owner, database, handlers, logger });
  await Promise.all([relay.start(), consumer.start()]);
  return {
    run: (contract, aggregateId, payload) =>
      new Promise((resolve, reject) => {
        waiting.set(JSON.stringify(contract.payload.parse(payload)), resolve);
        database
          .transaction((manager) => enqueue(manager, contract, aggregateId, [payload]))
          .catch((error: unknown) => reject(error as Error));
      }),
    cancel: (aggregateId) => database.transaction((manager) => cancelJobs(manager, aggregateId)),
    close: () => closeInReverse([database, eventLog, queues, consumer, relay]),
  };
}
