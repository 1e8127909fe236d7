import { mediaCommands as told } from '@terakoya/common/contracts';
import { type MediaNodes, createMediaNodes } from '@terakoya/common/media-nodes';
import { createTestRedis, eventually, startOwnRedis } from '@terakoya/common/testkit';

import { startMediaProcess } from './media-process';
import { newPeer, newRoom, openMedia } from './open-media';
import { enterRoom } from './participants';

jest.setTimeout(60_000);

const redis = createTestRedis();
const school = { REDIS_PREFIX: redis.prefix };
let nodes: MediaNodes;

beforeAll(() => {
  nodes = createMediaNodes(redis);
});
afterAll(() => nodes.close());

const entryOf = async (base: string, register = nodes) =>
  (await register.list()).find(({ controlUrl }) => controlUrl === base);

test('a node is in the register with its region and load, for as long as it is there', async () => {
  const node = await openMedia({ ...school, MEDIA_REGION: 'osaka', MEDIA_CONSUMERS_PER_ROUTER: '4' });
  try {
    await eventually(async () =>
      expect(await entryOf(node.base)).toMatchObject({ region: 'osaka', isDraining: false }),
    );
    const participant = await enterRoom(node, newRoom());
    const voice = await participant.speak();
    await participant.consume([voice, voice, voice], null);
    await eventually(async () => expect((await entryOf(node.base))?.load).toBeGreaterThanOrEqual(0.75));
  } finally {
    await node.close();
  }
  expect(await entryOf(node.base)).toBeUndefined();
}, 1_800_000); // where the worker has to be built first

test('MEDIA_CONTROL_URL is what it tells of itself', async () => {
  const node = await openMedia({ ...school, MEDIA_CONTROL_URL: 'http://media-7.internal:4301/' });
  await eventually(async () => expect(await entryOf('http://media-7.internal:4301')).toBeDefined());
  await node.close();
});

test('a node goes on announcing itself after Redis was away', async () => {
  const first = await startOwnRedis();
  const node = await openMedia({ ...school, REDIS_URL: first.url });
  const register = createMediaNodes({ ...redis, redisUrl: first.url });
  await eventually(async () => expect(await entryOf(node.base, register)).toBeDefined());
  await first.kill();
  const second = await startOwnRedis(first.port);
  try {
    await eventually(async () => expect(await entryOf(node.base, register)).toBeDefined(), { timeoutMs: 15_000 });
  } finally {
    await register.close();
    await node.close();
    await second.kill();
  }
});

test('a node that is drained by command takes nobody new, goes on for those it has, and ends when they have gone', async () => {
  let isDrained = false;
  const onDrained = () => void (isDrained = true);
  const own = createTestRedis(); // whose events are this node's alone
  const register = createMediaNodes(own);
  const node = await openMedia({ REDIS_PREFIX: own.prefix, MEDIA_DRAIN_SECONDS: '30' }, { onDrained });
  try {
    const room = newRoom();
    const participant = await enterRoom(node, room);
    await node.command(told.drainNode, {});
    await node.command(told.drainNode, {});
    await eventually(async () => expect(await entryOf(node.base, register)).toMatchObject({ isDraining: true }));
    const { id: nodeId } = (await entryOf(node.base, register)) ?? {};
    const events = await eventually(async () => {
      const told = await node.events();
      expect(told.length).toBeGreaterThan(0);
      return told;
    });
    expect(events).toMatchObject([{ name: 'media.node.draining', payload: { nodeId } }]);
    const join = { peer: newPeer(), directions: [] };
    expect(await node.refusal(told.joinRoom, { room, ...join })).toBe('UNAVAILABLE');
    expect(await node.refusal(told.joinRoom, { room: newRoom(), ...join })).toBe('UNAVAILABLE');
    await node.command(told.joinRoom, { ...participant.ids, directions: [] });
    const voice = await participant.speak();
    expect((await participant.consume([voice], null)).consumers).toHaveLength(1);
    expect(isDrained).toBe(false);
    await participant.leave();
    await eventually(() => expect(isDrained).toBe(true));
  } finally {
    await node.close();
    await register.close();
  }
});

test('SIGTERM waits for the rooms to move away and then ends the program in order', async () => {
  const node = await startMediaProcess({ ...school, MEDIA_DRAIN_SECONDS: '30' });
  const participant = await enterRoom(node, newRoom());
  node.signal('SIGTERM');
  await eventually(async () => expect(await entryOf(node.base)).toMatchObject({ isDraining: true }));
  await participant.speak();
  expect(node.hasEnded()).toBe(false);
  await participant.leave();
  expect(await node.ended()).toBe(0);
  expect(await entryOf(node.base)).toBeUndefined();
});

test('a drained program ends by itself when its time is over, whoever is still there', async () => {
  const node = await startMediaProcess({ ...school, MEDIA_DRAIN_SECONDS: '0.5' });
  await enterRoom(node, newRoom());
  const since = performance.now();
  await node.command(told.drainNode, {});
  expect(await node.ended()).toBe(0);
  expect(performance.now() - since).toBeGreaterThan(500);
});

test('without rooms it closes at once', async () => {
  const node = await openMedia({ ...school, MEDIA_DRAIN_SECONDS: '30' });
  const since = performance.now();
  await node.close();
  expect(performance.now() - since).toBeLessThan(1_000);
});
