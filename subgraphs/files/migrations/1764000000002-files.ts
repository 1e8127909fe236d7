import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Files1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE file (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL,
        name text NOT NULL,
        content_type text NOT NULL,
        size int NOT NULL,
        sha256 text NOT NULL,
        state text NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX file_of_owner ON file (owner_id, id);
      CREATE INDEX file_abandoned ON file (created_at) WHERE state = 'UPLOADING';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE file');
  }
}
