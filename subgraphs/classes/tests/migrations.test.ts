import { createDatabase } from '@terakoya/common/database';
import { type TestDatabase, createTestDatabase, prepareTestRoles, testRoleUrl } from '@terakoya/common/testkit';

import { migrations } from '../migrations';
import { Classes1764000000005 } from '../migrations/1764000000005-classes';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareTestRoles(database.url, 'classes');
});
afterAll(() => database.drop());

async function migrated<T>(known: typeof migrations, ask: string): Promise<T> {
  const url = testRoleUrl(database.url, 'classes');
  const opened = createDatabase({ url, schema: 'classes', entities: [], migrations: known, poolSize: 2 });
  await opened.start();
  try {
    return await opened.manager.query<T>(ask);
  } finally {
    await opened.close();
  }
}

test('those who were in a class before classes told of it are told once', async () => {
  const [classId, userId] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
  await migrated(
    [Classes1764000000005],
    `INSERT INTO class VALUES ('${classId}', 'Science', '', 'CODE', now());
     INSERT INTO member VALUES ('${classId}', '${userId}', 'STUDENT', now())`,
  );
  const told = 'SELECT kind, name, aggregate_id, payload FROM outbox_message';
  for (let start = 0; start < 2; start += 1) {
    expect(await migrated(migrations, told)).toEqual([
      {
        kind: 'event',
        name: 'classes.member.changed',
        aggregate_id: classId,
        payload: { classId, userId, role: 'STUDENT' },
      },
    ]);
  }
});
