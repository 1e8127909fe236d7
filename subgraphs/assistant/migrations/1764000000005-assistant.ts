import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Assistant1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE page_text (
        page_id uuid PRIMARY KEY,
        notebook_id uuid NOT NULL,
        number int NOT NULL,
        text text NOT NULL
      );
      CREATE INDEX page_text_place ON page_text (notebook_id, number);
      CREATE TABLE notebook_summary (
        notebook_id uuid PRIMARY KEY,
        owner_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'READY', 'FAILED')),
        revision int NOT NULL DEFAULT 0,
        short text,
        medium text,
        long text,
        keywords jsonb NOT NULL DEFAULT '[]',
        language text,
        engine text,
        error jsonb,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notebook_summary, page_text');
  }
}
