import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A breakout room is a meeting that belongs to another. */
export class Breakouts1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE meeting
        ADD COLUMN parent_id uuid REFERENCES meeting ON DELETE CASCADE,
        ADD COLUMN assignment text,
        ADD COLUMN closes_at timestamptz;
      CREATE INDEX meeting_of_parent ON meeting (parent_id, id) WHERE parent_id IS NOT NULL;
      CREATE INDEX meeting_closing ON meeting (closes_at) WHERE closes_at IS NOT NULL AND ended_at IS NULL;
      CREATE TABLE breakout_seat (
        breakout_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
        participant_id uuid NOT NULL REFERENCES participant ON DELETE CASCADE,
        PRIMARY KEY (breakout_id, participant_id)
      );
      CREATE INDEX breakout_seat_of_participant ON breakout_seat (participant_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE breakout_seat;
      ALTER TABLE meeting DROP COLUMN parent_id, DROP COLUMN assignment, DROP COLUMN closes_at;
    `);
  }
}
