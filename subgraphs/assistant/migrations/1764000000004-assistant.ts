import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Assistant1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE page_text (
        page_id uuid PRIMARY KEY,
        notebook_id uuid NOT NULL,
        number int NOT NULL,
        text text NOT NULL
      );
      CREATE INDEX page_text_of_notebook ON page_text (notebook_id, number);
      CREATE TABLE summary (
        notebook_id uuid PRIMARY KEY,
        owner_id uuid NOT NULL,
        revision int NOT NULL DEFAULT 0,
        state text NOT NULL,
        short text,
        medium text,
        long text,
        keywords jsonb NOT NULL DEFAULT '[]',
        language text,
        engine text,
        error_code text,
        error_message text,
        updated_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE summary, page_text');
  }
}
