import { Client } from 'pg';

import { TEST_ROLE_SECRET, type TestDatabase, createTestDatabase, testRoleUrl } from '../../common/testkit';
import { ensureAccount } from '../../scripts/operations/account/ensure-account';
import { migrate } from '../../scripts/operations/migrate/migrate';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate({ adminUrl: database.url, roleSecret: TEST_ROLE_SECRET, report: () => undefined });
});
afterAll(() => database.drop());

const wanted = (more: Partial<Parameters<typeof ensureAccount>[0]> = {}) => ({
  databaseUrl: testRoleUrl(database.url, 'accounts'),
  email: 'Head@school.example',
  role: 'ADMIN' as const,
  name: 'Head',
  ...more,
});

async function rolesOf(email: string): Promise<string[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string }>('SELECT role FROM accounts.account WHERE email = $1', [
      email,
    ]);
    return rows.map(({ role }) => role);
  } finally {
    await client.end();
  }
}

test('the first administrator is made, found again, and given another role', async () => {
  await expect(ensureAccount(wanted())).rejects.toThrow(
    'there is no account Head@school.example. Set ACCOUNT_PASSWORD',
  );
  expect(await ensureAccount(wanted({ password: 'a-long-password' }))).toBe('made');
  expect(await ensureAccount(wanted())).toBe('unchanged');
  expect(await rolesOf('head@school.example')).toEqual(['ADMIN']);
  expect(await ensureAccount(wanted({ role: 'TEACHER' }))).toBe('changed');
  expect(await rolesOf('head@school.example')).toEqual(['TEACHER']);
});
