import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Recordings1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recording (
        id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
        started_by uuid NOT NULL,
        state text NOT NULL,
        started_at timestamptz NOT NULL,
        stopped_at timestamptz,
        settles_at timestamptz,
        expires_at timestamptz NOT NULL,
        video jsonb,
        error jsonb
      );
      CREATE INDEX recording_of_meeting ON recording (meeting_id, id);
      CREATE UNIQUE INDEX recording_running ON recording (meeting_id) WHERE state = 'RECORDING';
      CREATE INDEX recording_settling ON recording (settles_at) WHERE state = 'STOPPED';
      CREATE INDEX recording_expiring ON recording (expires_at) WHERE state IN ('READY', 'FAILED');
      CREATE TABLE recording_segment (
        recording_id uuid NOT NULL REFERENCES recording ON DELETE CASCADE,
        track_id uuid NOT NULL,
        index int NOT NULL,
        segment jsonb NOT NULL,
        PRIMARY KEY (recording_id, track_id, index)
      );
      CREATE TABLE recording_chapter (
        id uuid PRIMARY KEY,
        recording_id uuid NOT NULL REFERENCES recording ON DELETE CASCADE,
        begins_at timestamptz NOT NULL,
        title text NOT NULL
      );
      CREATE INDEX chapter_of_recording ON recording_chapter (recording_id, begins_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recording_chapter, recording_segment, recording');
  }
}
