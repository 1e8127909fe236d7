import type { MigrationInterface, QueryRunner } from 'typeorm';

const PEOPLE = `
  CREATE TABLE class_member (
    class_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (class_id, user_id)
  );
  CREATE TABLE meeting (
    id uuid PRIMARY KEY,
    class_id uuid,
    host_id uuid NOT NULL,
    title text NOT NULL,
    policy jsonb NOT NULL,
    is_locked boolean NOT NULL DEFAULT false,
    spotlight_id uuid,
    next_epoch int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    starts_at timestamptz,
    ended_at timestamptz
  );
  CREATE INDEX meeting_of_class ON meeting (class_id, id) WHERE class_id IS NOT NULL;
  CREATE INDEX meeting_of_host ON meeting (host_id, id);
  CREATE TABLE participant (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    user_id uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    overrides jsonb NOT NULL DEFAULT '{}',
    admitted_at timestamptz,
    joined_at timestamptz,
    left_at timestamptz,
    hand_raised_at timestamptz,
    session_id uuid,
    node_id text,
    UNIQUE (meeting_id, user_id)
  );
  CREATE INDEX participant_present ON participant (meeting_id, id) WHERE state IN ('PRESENT', 'WAITING');
  CREATE INDEX participant_of_user ON participant (user_id, meeting_id);
  CREATE INDEX participant_on_node ON participant (node_id) WHERE node_id IS NOT NULL;
`;

const MEDIA = `
  CREATE TABLE room (
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    node_id text NOT NULL,
    control_url text NOT NULL,
    epoch int NOT NULL,
    PRIMARY KEY (meeting_id, node_id)
  );
  CREATE INDEX room_on_node ON room (node_id);
  CREATE TABLE track (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting ON DELETE CASCADE,
    participant_id uuid NOT NULL REFERENCES participant ON DELETE CASCADE,
    session_id uuid NOT NULL,
    node_id text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    is_paused boolean NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz
  );
  CREATE INDEX track_of_participant ON track (participant_id) WHERE ended_at IS NULL;
`;

export class Meetings1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PEOPLE);
    await runner.query(MEDIA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE track, room, participant, meeting, class_member');
  }
}
