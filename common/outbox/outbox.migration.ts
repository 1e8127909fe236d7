import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the transactional outbox and inbox; every subgraph lists this migration among its own. */
export class OutboxMigration1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_message (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        message_id uuid NOT NULL UNIQUE,
        kind text NOT NULL CHECK (kind IN ('event', 'job', 'cancel')),
        name text NOT NULL,
        aggregate_id text NOT NULL,
        payload jsonb NOT NULL,
        traceparent text,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        dispatched_at timestamptz,
        settled_at timestamptz
      );
      CREATE INDEX outbox_waiting ON outbox_message (id) WHERE dispatched_at IS NULL;
      CREATE INDEX outbox_unsettled ON outbox_message (dispatched_at) WHERE kind = 'job' AND settled_at IS NULL;
      CREATE TABLE inbox_message (
        message_id text PRIMARY KEY,
        received_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE outbox_state (is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only), epoch text NOT NULL);
      CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify('outbox_' || TG_TABLE_SCHEMA, ''); RETURN NULL; END $$;
      CREATE TRIGGER outbox_notify AFTER INSERT ON outbox_message FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox_message, inbox_message, outbox_state; DROP FUNCTION outbox_notify');
  }
}
