import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Ledger1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vendor_call (
        id uuid PRIMARY KEY,
        month text NOT NULL,
        vendor text NOT NULL,
        model text NOT NULL,
        reserved_micro_usd bigint NOT NULL,
        cost_micro_usd bigint,
        called_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX vendor_call_of_month ON vendor_call (month);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vendor_call');
  }
}
