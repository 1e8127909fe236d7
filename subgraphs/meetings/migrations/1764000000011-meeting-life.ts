import type { MigrationInterface, QueryRunner } from 'typeorm';

const SPOKEN = `
  CREATE TABLE message (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    participant_id uuid NOT NULL REFERENCES participant ON DELETE CASCADE,
    text text,
    sent_at timestamptz NOT NULL,
    removed_at timestamptz
  );
  CREATE INDEX message_of_meeting ON message (meeting_id, id);
  CREATE TABLE caption (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    participant_id uuid NOT NULL REFERENCES participant ON DELETE CASCADE,
    text text NOT NULL,
    language text NOT NULL,
    spoken_at timestamptz NOT NULL
  );
  CREATE INDEX caption_of_meeting ON caption (meeting_id, id);
`;

const POLLS = `
  CREATE TABLE poll (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    question text NOT NULL,
    options text[] NOT NULL,
    is_multiple boolean NOT NULL,
    is_anonymous boolean NOT NULL,
    shows_results boolean NOT NULL,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    opened_at timestamptz,
    closed_at timestamptz,
    untold_since timestamptz
  );
  CREATE INDEX poll_of_meeting ON poll (meeting_id, id);
  CREATE INDEX poll_untold ON poll (untold_since) WHERE untold_since IS NOT NULL;
  CREATE TABLE ballot (
    id uuid PRIMARY KEY,
    poll_id uuid NOT NULL REFERENCES poll ON DELETE CASCADE,
    participant_id uuid REFERENCES participant ON DELETE CASCADE,
    choices int[] NOT NULL,
    UNIQUE (poll_id, participant_id)
  );
`;

const WRITTEN = `
  CREATE TABLE stroke (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    participant_id uuid NOT NULL REFERENCES participant ON DELETE CASCADE,
    number int NOT NULL,
    points real[] NOT NULL,
    color text NOT NULL,
    width real NOT NULL,
    drawn_at timestamptz NOT NULL,
    erased_at timestamptz,
    UNIQUE (meeting_id, number)
  );
  CREATE INDEX stroke_standing ON stroke (meeting_id, participant_id, number) WHERE erased_at IS NULL;
  CREATE TABLE notes (
    meeting_id uuid PRIMARY KEY REFERENCES meeting ON DELETE CASCADE,
    text text NOT NULL,
    revision int NOT NULL,
    participant_id uuid NOT NULL REFERENCES participant ON DELETE CASCADE,
    updated_at timestamptz NOT NULL
  );
`;

/** What is written, asked and drawn in meetings. */
export class MeetingLife1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SPOKEN);
    await runner.query(POLLS);
    await runner.query(WRITTEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes, stroke, ballot, poll, caption, message');
  }
}
