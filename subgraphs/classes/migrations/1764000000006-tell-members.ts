import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells of everybody who was in a class before classes told of their members. */
export class TellMembers1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO outbox_message (message_id, kind, name, aggregate_id, payload)
      SELECT gen_random_uuid(), 'event', 'classes.member.changed', class_id::text,
        jsonb_build_object('classId', class_id, 'userId', user_id, 'role', role)
      FROM member ORDER BY class_id, joined_at
    `);
  }

  async down(): Promise<void> {
    // What was told was true.
  }
}
