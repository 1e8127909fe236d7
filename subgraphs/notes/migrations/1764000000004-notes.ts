import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pages' texts, what other domains have told, and what is to be done after a commit. */
const TEXTS_FILES_CLEANUP = `
  CREATE TABLE page_text (
    page_id uuid PRIMARY KEY REFERENCES page ON DELETE CASCADE,
    owner_id uuid NOT NULL,
    notebook_id uuid NOT NULL,
    number int NOT NULL,
    text text NOT NULL,
    words jsonb NOT NULL,
    search_text text NOT NULL,
    grams text[] NOT NULL
  );
  CREATE INDEX page_text_place ON page_text (owner_id, notebook_id, number);
  CREATE INDEX page_text_grams ON page_text USING gin (grams);
  CREATE TABLE uploaded_file (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    document jsonb,
    deleted_at timestamptz
  );
  CREATE TABLE cleanup (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid,
    key_prefix text,
    due_at timestamptz NOT NULL
  );
  CREATE INDEX cleanup_due ON cleanup (due_at);
`;

export class Notes1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notebook (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL,
        title text NOT NULL,
        page_count int NOT NULL DEFAULT 0,
        next_number int NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX notebook_owner ON notebook (owner_id, id);
      CREATE TABLE import_job (
        id uuid PRIMARY KEY,
        notebook_id uuid NOT NULL REFERENCES notebook ON DELETE CASCADE,
        owner_id uuid NOT NULL,
        file_id uuid NOT NULL,
        run_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('WAITING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
        pages_found int,
        pages_rendered int NOT NULL DEFAULT 0,
        pages_read int NOT NULL DEFAULT 0,
        pages_failed int NOT NULL DEFAULT 0,
        first_number int,
        error jsonb,
        traceparent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      );
      CREATE INDEX import_job_notebook ON import_job (notebook_id, id);
      CREATE INDEX import_job_active ON import_job (owner_id) WHERE state IN ('WAITING', 'QUEUED', 'RUNNING');
      CREATE INDEX import_job_waiting ON import_job (file_id) WHERE state = 'WAITING';
      CREATE TABLE page (
        id uuid PRIMARY KEY,
        notebook_id uuid NOT NULL REFERENCES notebook ON DELETE CASCADE,
        owner_id uuid NOT NULL,
        import_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
        number int NOT NULL,
        source_number int NOT NULL,
        state text NOT NULL CHECK (state IN ('PENDING', 'RENDERED', 'READ', 'FAILED')),
        width double precision NOT NULL,
        height double precision NOT NULL,
        preview jsonb,
        thumbnail jsonb,
        text_source text CHECK (text_source IN ('EMBEDDED', 'OCR')),
        text_engine text,
        error jsonb,
        UNIQUE (notebook_id, number),
        UNIQUE (import_id, source_number)
      );
    `);
    await runner.query(TEXTS_FILES_CLEANUP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cleanup, uploaded_file, page_text, page, import_job, notebook');
  }
}
