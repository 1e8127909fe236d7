import { closeRedis, connectRedis } from '../../redis';
import { createTestRedis, eventually, startOwnRedis } from '../../testkit';
import { type MediaNode, type MediaNodes, NODE_TTL_MS, createMediaNodes } from '../index';

const where = createTestRedis();
const node = (id: string, facts: Partial<MediaNode> = {}): MediaNode => ({
  id,
  controlUrl: 'http://127.0.0.1:4301',
  region: 'default',
  load: 0.25,
  isDraining: false,
  ...facts,
});
let nodes: MediaNodes;

beforeAll(() => {
  nodes = createMediaNodes(where);
});
afterAll(() => nodes.close());
afterEach(async () => {
  for (const { id } of await nodes.list()) await nodes.withdraw(id);
});

test('who announced itself is listed with what it told last, until it withdraws', async () => {
  expect(await nodes.list()).toEqual([]);
  await nodes.announce(node('two', { region: 'tokyo' }));
  await nodes.announce(node('one'));
  await nodes.announce(node('one', { load: 1.5, isDraining: true }));
  expect(await nodes.list()).toEqual([node('one', { load: 1.5, isDraining: true }), node('two', { region: 'tokyo' })]);
  await nodes.withdraw('one');
  await nodes.withdraw('unknown');
  expect(await nodes.list()).toEqual([node('two', { region: 'tokyo' })]);
});

test('who falls silent is gone after its time, and nothing of it is kept', async () => {
  const connection = connectRedis(where.redisUrl);
  const since = Date.now();
  await nodes.announce(node('silent'));
  await eventually(async () => expect(await nodes.list()).toEqual([]), { timeoutMs: NODE_TTL_MS + 1_000 });
  expect(Date.now() - since).toBeGreaterThan(NODE_TTL_MS - 100);
  expect(await connection.exists(`${where.prefix}:media-nodes`, `${where.prefix}:media-node:silent`)).toBe(0);
  await closeRedis(connection);
});

test('an entry that is no node is not listed, and the others are', async () => {
  const connection = connectRedis(where.redisUrl);
  await nodes.announce(node('good'));
  for (const [id, text] of Object.entries({ torn: '{', other: '{"id":"other","load":"much"}' })) {
    await connection.sadd(`${where.prefix}:media-nodes`, id);
    await connection.set(`${where.prefix}:media-node:${id}`, text, 'PX', NODE_TTL_MS);
  }
  expect((await nodes.list()).map(({ id }) => id)).toEqual(['good']);
  await closeRedis(connection);
});

test('what breaks the contract is not announced', async () => {
  await expect(nodes.announce(node('wrong', { load: -1 }))).rejects.toThrow();
  await expect(nodes.announce(node('wrong', { controlUrl: 'file:///etc/passwd' }))).rejects.toThrow();
  expect(await nodes.list()).toEqual([]);
});

test('schools that share a Redis do not see each other', async () => {
  const other = createMediaNodes({ ...where, prefix: createTestRedis().prefix });
  await nodes.announce(node('ours'));
  expect(await other.list()).toEqual([]);
  await other.close();
});

test('after Redis was away the register works again, empty', async () => {
  const first = await startOwnRedis();
  const own = createMediaNodes({ redisUrl: first.url, prefix: where.prefix });
  await own.announce(node('one'));
  await first.kill();
  await expect(own.ready()).rejects.toThrow();
  const second = await startOwnRedis(Number(new URL(first.url).port));
  try {
    await eventually(async () => expect(await own.list()).toEqual([]));
    await own.announce(node('one'));
    expect(await own.list()).toEqual([node('one')]);
  } finally {
    await own.close();
    await second.kill();
  }
});
