import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notes1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notebook (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL,
        title text NOT NULL,
        page_count int NOT NULL DEFAULT 0,
        last_page_number int NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX notebook_of_owner ON notebook (owner_id, id);
      CREATE TABLE import_job (
        id uuid PRIMARY KEY,
        notebook_id uuid NOT NULL REFERENCES notebook ON DELETE CASCADE,
        owner_id uuid NOT NULL,
        file_id uuid NOT NULL,
        state text NOT NULL,
        document jsonb,
        pages_found int,
        pages_rendered int NOT NULL DEFAULT 0,
        pages_read int NOT NULL DEFAULT 0,
        pages_failed int NOT NULL DEFAULT 0,
        error_code text,
        error_message text,
        error_page int,
        created_at timestamptz NOT NULL,
        finished_at timestamptz
      );
      CREATE INDEX import_of_notebook ON import_job (notebook_id, id);
      CREATE INDEX import_running ON import_job (owner_id) WHERE state IN ('WAITING', 'QUEUED', 'RUNNING');
      CREATE INDEX import_waiting ON import_job (file_id) WHERE state = 'WAITING';
      CREATE TABLE page (
        id uuid PRIMARY KEY,
        notebook_id uuid NOT NULL REFERENCES notebook ON DELETE CASCADE,
        owner_id uuid NOT NULL,
        import_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
        source_number int NOT NULL,
        number int NOT NULL,
        state text NOT NULL,
        width double precision NOT NULL,
        height double precision NOT NULL,
        preview jsonb,
        thumbnail jsonb,
        text text,
        text_source text,
        text_engine text,
        search_text text,
        grams text[],
        error_code text,
        error_message text,
        UNIQUE (notebook_id, number),
        UNIQUE (import_id, source_number)
      );
      CREATE INDEX page_grams ON page USING gin (grams);
      CREATE INDEX page_of_owner ON page (owner_id, id);
      CREATE TABLE page_words (page_id uuid PRIMARY KEY REFERENCES page ON DELETE CASCADE, words jsonb NOT NULL);
      CREATE TABLE uploaded_file (file_id uuid PRIMARY KEY, owner_id uuid NOT NULL, document jsonb NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE uploaded_file, page_words, page, import_job, notebook');
  }
}
