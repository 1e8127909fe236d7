import 'reflect-metadata';

import { DataSource, type EntityManager, type MigrationInterface } from 'typeorm';

import { ConfigurationError, messageOf, systemCodeOf } from '../errors';
import { poll } from '../lifecycle';
import { observeDatabase } from './observe-database';

type Constructor<T> = new (...args: never[]) => T;

export interface DatabaseOptions {
  readonly url: string;
  /** The PostgreSQL schema, which is also the role's name. */
  readonly schema: string;
  readonly entities: readonly Constructor<object>[];
  /** In order; each name ends in a 13-digit timestamp, as TypeORM wants. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  readonly poolSize: number;
}

export interface Database {
  /** Connects and brings the schema up to date: all pending migrations in one transaction, one process at a time. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** Resolves when a statement can be run. */
  ready(): Promise<void>;
  readonly manager: EntityManager;
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. It runs again, at most three
   * times, when PostgreSQL gave way to another transaction.
   */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

const CONNECT_MS = 15_000;
const STATEMENT_MS = 30_000;
/** How long a connection, or a free place in the pool, is waited for. */
const CHECKOUT_MS = 15_000;
const TRIES = 4;
/** PostgreSQL ended the transaction in favour of another: deadlock_detected, serialization_failure. */
const LOST_TO_ANOTHER = ['40P01', '40001'];

export function createDatabase(options: DatabaseOptions): Database {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: [...options.entities],
    migrations: [...options.migrations],
    migrationsTransactionMode: 'all',
    poolSize: options.poolSize,
    connectTimeoutMS: CHECKOUT_MS,
    extra: { options: `-c search_path=${options.schema},extensions -c statement_timeout=${STATEMENT_MS}` },
    logging: false,
  });
  return {
    manager: source.manager,
    async start() {
      await poll('the database', { timeoutMs: CONNECT_MS, everyMs: 250 }, () => connect(source));
      observeDatabase(source);
      await migrate(source, options.schema);
    },
    async close() {
      if (source.isInitialized) await source.destroy();
    },
    async ready() {
      await source.query('SELECT 1');
    },
    transaction: (work) => transact(source, work),
  };
}

async function transact<T>(source: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await source.transaction(work);
    } catch (error) {
      if (attempt === TRIES || !LOST_TO_ANOTHER.includes(systemCodeOf(error))) throw error;
    }
  }
}

/** A refused connection is tried again; a wrong password or a missing database will not mend itself. */
async function connect(source: DataSource): Promise<true | undefined> {
  try {
    await source.initialize();
    return true;
  } catch (error) {
    if (/^(28|3D)/.test(systemCodeOf(error)))
      throw new ConfigurationError(`DATABASE_URL is refused by PostgreSQL: ${messageOf(error)}`);
    return undefined;
  }
}

async function migrate(source: DataSource, schema: string): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock(hashtext($1))', [`migrate:${schema}`]);
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock(hashtext($1))', [`migrate:${schema}`]);
    await runner.release();
  }
}
