import { Client } from 'pg';

import { type TestDatabase, createTestDatabase } from '../../testkit';
import { prepareDatabase, roleUrl } from '../prepare-database';

const ROLE = 'prepared_by_many';
const databases: TestDatabase[] = [];

afterAll(async () => {
  const [first] = databases;
  const admin = new Client({ connectionString: first?.url });
  for (const database of databases.slice(1)) await database.drop();
  await admin.connect();
  await admin.query(`DROP OWNED BY ${ROLE} CASCADE`);
  await admin.query(`DROP ROLE ${ROLE}`);
  await admin.end();
  await first?.drop();
});

test('processes that prepare several databases of one server at once all succeed', async () => {
  databases.push(...(await Promise.all(Array.from({ length: 4 }, () => createTestDatabase()))));
  const prepare = ({ url }: TestDatabase) =>
    prepareDatabase({ adminUrl: url, subgraphs: [ROLE], roleSecret: 'one secret for all' });
  await Promise.all([...databases, ...databases, ...databases].map(prepare));
  for (const { url } of databases) {
    const client = new Client({ connectionString: roleUrl(url, ROLE, 'one secret for all') });
    await client.connect();
    const { rows } = await client.query('SELECT current_user AS name, has_schema_privilege($1, $2) AS may', [
      ROLE,
      'CREATE',
    ]);
    await client.end();
    expect(rows).toEqual([{ name: ROLE, may: true }]);
  }
});
