import { createDatabase, type Database } from '@terakoya/common/database';
import { createLogger } from '@terakoya/common/logging';
import { type TestDatabase, createTestDatabase, prepareTestRoles, testRoleUrl } from '@terakoya/common/testkit';

import { createBudget } from '../ai-proxy/budget/budget';
import { createAiProxyEvents } from '../ai-proxy/events';
import { migrations } from '../ai-proxy/migrations';

const MONTH = 31 * 24 * 3600 * 1000;
const START = Date.UTC(2031, 0, 31, 23, 59);
const events = createAiProxyEvents(createLogger('test', 'silent'));
const usage = (microUsd: number) => ({ microUsd, inputTokens: 10, outputTokens: 5, images: 0 });

let testDatabase: TestDatabase;
let database: Database;
let second: Database;
let time: number;
let era = 0;

const open = async (): Promise<Database> => {
  const url = testRoleUrl(testDatabase.url, 'ai_proxy');
  const made = createDatabase({ url, schema: 'ai_proxy', entities: [], migrations, poolSize: 10 });
  await made.start();
  return made;
};
const budget = (limitUsd: number, on = database) =>
  createBudget({ database: on, limitUsd, events, reservationMs: 60_000, now: () => time });
const call = (worstMicroUsd: number) => ({ vendor: 'openai', model: 'test', worstMicroUsd });
const refused = expect.objectContaining({ code: 'SPEND_LIMIT_REACHED' });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await prepareTestRoles(testDatabase.url, 'ai_proxy');
  database = await open();
  second = await open();
});
afterAll(async () => {
  await second.close();
  await database.close();
  await testDatabase.drop();
});
beforeEach(() => {
  era += 1;
  time = START + era * 12 * MONTH; // a month of its own for every test
});

it('refuses everything while the limit is 0, without asking the database', async () => {
  const away = { ...database, transaction: () => Promise.reject(new Error('asked')) };
  await expect(budget(0, away).reserve(call(1))).rejects.toEqual(refused);
  await expect(budget(0, away).reserve(call(0))).rejects.toEqual(refused);
  expect(await budget(0, away).left()).toBe(0);
});

it('never passes the limit with 50 calls at the same time in two processes', async () => {
  const [here, there] = [budget(0.001), budget(0.001, second)];
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? here : there).reserve(call(70))),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(14); // 14 × 70 ≤ 1000 < 15 × 70
  for (const one of tries) if (one.status === 'rejected') expect(one.reason).toEqual(refused);
  expect(await budget(0.001).left()).toBe(20);
});

it('settles, releases and loses at the same time without losing a micro-dollar', async () => {
  const one = budget(1);
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const reservation = await budget(1, index % 2 === 0 ? database : second).reserve(call(1_000));
      await reservation.send();
      if (index % 3 === 0) await reservation.settle(usage(400));
      else if (index % 3 === 1) await reservation.release();
      else await reservation.lose();
    }),
  );
  expect(await one.left()).toBe(1_000_000 - 17 * 400 - 16 * 1_000);
  const rows: unknown = await database.manager.query(
    `SELECT m.charged_micro_usd AS sum, sum(c.charged_micro_usd) AS calls FROM budget_month m
     JOIN vendor_call c USING (month) GROUP BY m.month HAVING m.charged_micro_usd <> sum(c.charged_micro_usd)`,
  );
  expect(rows).toEqual([]);
});

it('gives the difference between the worst case and the real cost back', async () => {
  const one = budget(0.001);
  const first = await one.reserve(call(800));
  await expect(one.reserve(call(300))).rejects.toEqual(refused);
  await first.send();
  await first.settle(usage(100));
  expect(await one.left()).toBe(900);
  await expect(one.reserve(call(300))).resolves.toBeDefined();
});

it('ends a call once: a release after the bill gives nothing back', async () => {
  const one = budget(0.001);
  const reservation = await one.reserve(call(500));
  await reservation.send();
  await reservation.settle(usage(500));
  await reservation.release();
  expect(await one.left()).toBe(500);
});

it('frees what a crashed process had put aside for a call that never left', async () => {
  const one = budget(0.001);
  const orphan = await one.reserve(call(1_000));
  await expect(one.reserve(call(1_000))).rejects.toEqual(refused);
  time += 61_000;
  const next = await one.reserve(call(1_000));
  expect(next).toBeDefined();
  await expect(orphan.send()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

it('keeps the worst case of a call that left and was never heard of again', async () => {
  const one = budget(0.001);
  await (await one.reserve(call(600))).send();
  time += 3_600_000;
  await expect(one.reserve(call(500))).rejects.toEqual(refused);
  expect(await one.left()).toBe(400);
});

it('begins anew with every calendar month in UTC', async () => {
  const one = budget(0.001);
  time = Date.UTC(2040 + era, 2, 31, 23, 59, 59, 999);
  await one.reserve(call(1_000));
  await expect(one.reserve(call(1))).rejects.toEqual(refused);
  time += 1;
  await expect(one.reserve(call(1_000))).resolves.toBeDefined();
});

it('keeps a row per call with what it used, and nothing of what was said', async () => {
  const reservation = await budget(1).reserve(call(500));
  await reservation.send();
  await reservation.settle({ microUsd: 321, inputTokens: 12, outputTokens: 7, images: 1 });
  const rows = await database.manager.query(`SELECT * FROM vendor_call WHERE reserved_at = $1`, [new Date(time)]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    vendor: 'openai',
    model: 'test',
    state: 'settled',
    worst_micro_usd: '500',
    charged_micro_usd: '321',
    input_tokens: 12,
    output_tokens: 7,
    images: 1,
  });
});
