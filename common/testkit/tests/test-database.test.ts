import { Client } from 'pg';

import { createTestDatabase } from '..';

async function connect(url: string, name = 'a test'): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

test('each one is apart from the others', async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const one = await connect(first.url);
  const two = await connect(second.url);
  await one.query('CREATE TABLE only_here (n int)');
  await expect(two.query('SELECT * FROM only_here')).rejects.toThrow('does not exist');
  await Promise.all([one.end(), two.end()]);
  await Promise.all([first.drop(), second.drop()]);
});

test('many copies of one template at once, while somebody is still connected to it', async () => {
  const template = await createTestDatabase();
  const client = await connect(template.url);
  await client.query('CREATE TABLE given AS SELECT 7 AS n');
  const copying = Promise.all([1, 2, 3, 4].map(() => createTestDatabase({ template: template.name })));
  await client.end();
  for (const copy of await copying) {
    const reader = await connect(copy.url);
    expect((await reader.query('SELECT n FROM given')).rows).toEqual([{ n: 7 }]);
    await reader.end();
    await copy.drop();
  }
  await template.drop();
});

test('a template that is not there fails at once', async () => {
  await expect(createTestDatabase({ template: 'no_such_template' })).rejects.toThrow('does not exist');
});

test('a connection left open fails the test by name, and the database goes all the same', async () => {
  const database = await createTestDatabase();
  const client = await connect(database.url, 'a leaking pool');
  await client.query('SELECT 42');
  await expect(database.drop()).rejects.toThrow('The test left 1 connections open: a leaking pool (idle): SELECT 42');
  await expect(connect(database.url)).rejects.toThrow('does not exist');
  await client.end().catch(() => undefined);
});
