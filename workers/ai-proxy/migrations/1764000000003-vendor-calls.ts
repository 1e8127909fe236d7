import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger of calls that cost money: one row per call without any content, and each month's sum beside it, so that
 * asking for money takes the same time however many calls there were. Amounts are whole micro-USD.
 */
export class VendorCalls1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE budget_month (
        month date PRIMARY KEY,
        charged_micro_usd bigint NOT NULL DEFAULT 0 CHECK (charged_micro_usd >= 0)
      );
      CREATE TABLE vendor_call (
        id uuid PRIMARY KEY,
        month date NOT NULL REFERENCES budget_month,
        vendor text NOT NULL,
        model text NOT NULL,
        state text NOT NULL CHECK (state IN ('reserved', 'sent', 'settled', 'released', 'lost')),
        worst_micro_usd bigint NOT NULL CHECK (worst_micro_usd >= 0),
        charged_micro_usd bigint NOT NULL CHECK (charged_micro_usd >= 0),
        input_tokens integer NOT NULL DEFAULT 0,
        output_tokens integer NOT NULL DEFAULT 0,
        images integer NOT NULL DEFAULT 0,
        reserved_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz
      );
      CREATE INDEX vendor_call_open ON vendor_call (month, expires_at) WHERE state = 'reserved';
      CREATE INDEX vendor_call_month ON vendor_call (month, vendor);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vendor_call, budget_month');
  }
}
