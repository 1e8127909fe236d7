import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody without a media session was last heard of. */
export class Absence1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE participant ADD COLUMN seen_at timestamptz');
    await runner.query(`UPDATE participant SET seen_at = now() WHERE state = 'PRESENT'`);
    await runner.query(
      `CREATE INDEX participant_without_media ON participant (seen_at) WHERE state = 'PRESENT' AND session_id IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX participant_without_media');
    await runner.query('ALTER TABLE participant DROP COLUMN seen_at');
  }
}
