import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Classes1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE class (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        description text NOT NULL,
        invitation_code text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL
      );
      CREATE TABLE member (
        class_id uuid NOT NULL REFERENCES class ON DELETE CASCADE,
        user_id uuid NOT NULL,
        role text NOT NULL,
        joined_at timestamptz NOT NULL,
        PRIMARY KEY (class_id, user_id)
      );
      CREATE INDEX member_of_user ON member (user_id, class_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE member, class');
  }
}
