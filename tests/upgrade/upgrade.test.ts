import { Client } from 'pg';

import { type TestDatabase, TEST_ROLE_SECRET, createTestDatabase } from '../../common/testkit';
import { migrate } from '../../scripts/operations/migrate/migrate';
import { SCHEMAS } from '../../scripts/operations/owners';
import { columnsOf, fillTables, nameOf } from './fill-tables';
import { type PreviousMigrations, previousMigrations } from './previous-migrations';

jest.setTimeout(120_000);

let previous: PreviousMigrations | undefined;
let database: TestDatabase;
let client: Client;
const lines: string[] = [];

beforeAll(async () => {
  previous = await previousMigrations();
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  previous?.remove();
});

async function contentOf(tables: ReadonlyMap<string, readonly string[]>): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, columns] of tables) {
    const list = columns.map((column) => `"${column}"`).join(', ');
    const { rows } = await client.query<{ hash: string }>(
      `SELECT count(*) || ' ' || md5(string_agg(row::text, E'\\n' ORDER BY row::text)) AS hash FROM (SELECT ${list} FROM ${name}) row`,
    );
    hashes[name] = rows[0]?.hash ?? '';
  }
  return hashes;
}

test('a database of the release before, with data, is brought up to date; that release goes on working with it', async () => {
  if (!previous) {
    process.stderr.write('skipped: there is no history here to take the release before from\n');
    return;
  }
  const options = { adminUrl: database.url, roleSecret: TEST_ROLE_SECRET, report: (line: string) => lines.push(line) };
  await migrate({ ...options, migrations: previous.migrations });
  const before = await columnsOf(client, SCHEMAS);
  const filled = await fillTables(client, before, 1);
  expect(filled.length).toBeGreaterThan(new Set(before.map(nameOf)).size * 0.7);
  const filledAgain = await fillTables(client, before, 2);
  const tables = new Map(
    [...Map.groupBy(before, nameOf)].map(([name, columns]) => [name, columns.map(({ column }) => column)] as const),
  );
  const content = await contentOf(tables);

  await migrate(options);

  // Expand: whatever was there is there, unchanged …
  expect(await contentOf(tables)).toEqual(content);
  // … and what the release before writes is taken: new columns have a default, or may be empty.
  const known = new Set(before.map((column) => `${nameOf(column)}.${column.column}`));
  const demanding = (await columnsOf(client, SCHEMAS)).filter(
    (column) =>
      tables.has(nameOf(column)) &&
      !known.has(`${nameOf(column)}.${column.column}`) &&
      column.is_required &&
      !column.has_default,
  );
  expect(demanding).toEqual([]);
  expect(await fillTables(client, before, 3)).toEqual(filledAgain);
  await migrate(options);
});
