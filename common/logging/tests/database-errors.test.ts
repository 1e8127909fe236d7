import { createDatabase } from '../../database';
import { createTestDatabase } from '../../testkit';
import { createLogger } from '..';

const EMAIL = 'hanako@school.example';
const NOTE = '光合成は葉緑体で行われる';

test('an error of a query is logged without its parameters and the values that the database quotes', async () => {
  const test = await createTestDatabase();
  const database = createDatabase({ url: test.url, schema: 'public', entities: [], migrations: [], poolSize: 3 });
  const lines: string[] = [];
  const logger = createLogger('test', 'info', { write: (line) => void lines.push(line) });
  const run = (sql: string, parameters: unknown[]) =>
    database.manager.query(sql, parameters).catch((error: unknown) => logger.error({ err: error }, 'a query failed'));
  try {
    await database.start();
    await database.manager.query('CREATE TABLE pupil (email text PRIMARY KEY, note text, age int)');
    await run('INSERT INTO pupil VALUES ($1, $2, 9)', [EMAIL, NOTE]);
    await run('INSERT INTO pupil VALUES ($1, $2, 9)', [EMAIL, NOTE]); // is there already
    await run('INSERT INTO pupil VALUES ($1, $2, $3)', ['x', null, NOTE]); // the message quotes what is no number
  } finally {
    await database.close();
    await test.drop();
  }
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(new RegExp(`${EMAIL}|${NOTE}|INSERT`));
  const [duplicate, invalid] = lines.map((line) => JSON.parse(line) as { err: object });
  expect(duplicate?.err).toMatchObject({
    type: 'QueryFailedError',
    code: '23505',
    message: 'the database refused a statement (23505, table pupil, constraint pupil_pkey, routine _bt_check_unique)',
    stack: expect.stringContaining('at '),
  });
  expect(invalid?.err).toMatchObject({ code: '22P02' });
});
