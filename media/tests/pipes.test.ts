import { observer, type types } from 'mediasoup';

import { mediaCommands as told } from '@terakoya/common/contracts';
import { type MediaNodes, createMediaNodes } from '@terakoya/common/media-nodes';
import { createTestRedis, eventually, freePort, startOwnRedis } from '@terakoya/common/testkit';

import { startMediaProcess } from './media-process';
import { type OpenedMedia, newRoom, openMedia } from './open-media';
import { enterRoom } from './participants';

jest.setTimeout(60_000);

const redis = createTestRedis();
const school = { REDIS_PREFIX: redis.prefix, MEDIA_PIPE_IDLE_SECONDS: '60' };
/** The ends of pipes between nodes of this process that are open, in the order of opening. */
const ends: types.PipeTransport[] = [];
let nodes: MediaNodes;
let here: OpenedMedia;
let there: OpenedMedia;

function watchEnds(worker: types.Worker): void {
  worker.observer.on('newrouter', (router) =>
    router.observer.on('newtransport', (transport) => {
      const end = transport as types.PipeTransport; // if it is one, which mediasoup's type does not tell
      if (end.type !== 'pipe' || !end.srtpParameters) return;
      ends.push(end);
      end.observer.once('close', () => ends.splice(ends.indexOf(end), 1));
    }),
  );
}

beforeAll(async () => {
  observer.on('newworker', watchEnds);
  nodes = createMediaNodes(redis);
  here = await openMedia(school);
  there = await openMedia(school);
}, 1_800_000); // where the worker has to be built first
afterAll(async () => {
  observer.off('newworker', watchEnds);
  await here.close();
  await there.close();
  await nodes.close();
});

/** A room on both nodes: somebody who sends there, somebody who looks on here. */
async function spanned(room = newRoom()) {
  const [sender, viewer] = [await enterRoom(there, room), await enterRoom(here, room)];
  return { room, sender, viewer, home: sender.home, close: () => closeOnBoth(room) };
}

async function closeOnBoth(room: ReturnType<typeof newRoom>): Promise<void> {
  for (const node of [here, there]) await node.command(told.closeRoom, { room });
  await eventually(() => expect(ends).toEqual([]));
}

test('what is sent to one node is consumed on another, all of a room through one encrypted pipe', async () => {
  const { room, sender, viewer, home, close } = await spanned();
  const other = await enterRoom(here, room);
  const [voice, picture] = [await sender.speak(), await sender.show()];
  const answers = await Promise.all([
    viewer.consume([voice, picture], home),
    other.consume([picture, voice], home),
    viewer.consume([voice], home),
  ]);
  expect(answers.flatMap(({ refused }) => refused)).toEqual([]);
  expect(answers[0].consumers.map(({ kind, type, isProducerPaused }) => [kind, type, isProducerPaused])).toEqual([
    ['audio', 'simple', false],
    ['video', 'simulcast', false],
  ]);
  expect(ends).toHaveLength(2);
  await close();
});

test('pause, resume and end of a producer reach who consumes it elsewhere', async () => {
  const { sender, viewer, home, close } = await spanned();
  const [voice, picture] = [await sender.speak(), await sender.show()];
  await sender.pause(voice, true);
  const { consumers } = await viewer.consume([voice, picture], home);
  expect(consumers.map(({ isProducerPaused }) => isProducerPaused)).toEqual([true, false]);
  const [ofVoice, ofPicture] = consumers.map(({ consumerId }) => consumerId);
  const isPaused = async (producerId: string) => {
    const [consumer] = (await viewer.consume([producerId], home)).consumers;
    await viewer.closeConsumers([consumer?.consumerId ?? '']);
    return consumer?.isProducerPaused;
  };
  await sender.pause(voice, false);
  await sender.pause(picture, true);
  await eventually(async () => expect([await isPaused(voice), await isPaused(picture)]).toEqual([false, true]));

  await sender.closeProducer(picture);
  await eventually(async () => expect(await viewer.refusalOf(ofPicture ?? '')).toBe('NOT_FOUND'));
  expect(await viewer.refusalOf(ofVoice ?? '')).toBeUndefined();
  expect((await viewer.consume([picture], home)).refused).toMatchObject([{ producerId: picture, code: 'NOT_FOUND' }]);
  expect(ends).toHaveLength(2);
  await close();
});

test('whoever sends and whoever looks on may be on any router of their nodes', async () => {
  const wide = { ...school, MEDIASOUP_WORKERS: '2', MEDIA_CONSUMERS_PER_ROUTER: '1' };
  const [near, far] = [await openMedia(wide), await openMedia(wide)];
  try {
    const room = newRoom();
    const sender = await enterRoom(far, room);
    const first = await sender.speak();
    await sender.consume([first], null); // the first router is full now
    const another = await enterRoom(far, room);
    const second = await another.speak();
    const viewer = await enterRoom(near, room);
    const one = await viewer.consume([first, second], sender.home); // which fills the first router here
    const further = await enterRoom(near, room);
    const other = await further.consume([first, second], sender.home);
    expect([one.consumers.length, other.consumers.length, ends.length]).toEqual([2, 2, 2]);

    await another.closeProducer(second);
    const consumerId = other.consumers[1]?.consumerId ?? '';
    await eventually(async () => expect(await further.refusalOf(consumerId)).toBe('NOT_FOUND'));
  } finally {
    await near.close();
    await far.close();
  }
  expect(ends).toEqual([]);
});

test('what is not there, or cannot be reached, is refused alone', async () => {
  const { sender, viewer, home, close } = await spanned();
  const voice = await sender.speak();
  const unknown = newRoom().meetingId;
  const nobody = { ...home, controlUrl: `http://127.0.0.1:${await freePort()}` };
  expect((await viewer.consume([unknown, voice], home)).refused).toMatchObject([
    { producerId: unknown, code: 'NOT_FOUND' },
  ]);
  expect((await viewer.consume([voice], nobody)).refused).toMatchObject([{ code: 'UNAVAILABLE' }]);
  expect((await viewer.consume([voice], { ...home, room: newRoom() })).refused).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await viewer.consume([voice], home)).refused).toEqual([]);
  expect(ends).toHaveLength(2);
  await close();
});

test('a home that is this very node is no other', async () => {
  const { room, viewer, close } = await spanned();
  const neighbour = await enterRoom(here, room);
  const voice = await neighbour.speak();
  expect((await viewer.consume([voice], neighbour.home)).consumers).toHaveLength(1);
  expect(ends).toEqual([]);
  await close();
});

test('a room that closes at home takes its pipe with it; one that broke is opened again', async () => {
  const { room, sender, viewer, home, close } = await spanned();
  const [voice, picture] = [await sender.speak(), await sender.show()];
  const consumed = async (producerId: string) =>
    (await viewer.consume([producerId], home)).consumers[0]?.consumerId ?? '';
  const isGone = (consumerId: string) =>
    eventually(async () => expect(await viewer.refusalOf(consumerId)).toBe('NOT_FOUND'));
  const first = await consumed(voice);
  for (const end of [...ends]) end.close(); // neither end knows why
  await isGone(first);
  const second = await consumed(picture);
  expect(ends).toHaveLength(2);
  await there.command(told.closeRoom, { room });
  await isGone(second);
  await eventually(() => expect(ends).toEqual([]));
  await close();
});

test('a home whose worker dies takes its pipe with it', async () => {
  const far = await openMedia(school);
  try {
    const room = newRoom();
    const [sender, viewer] = [await enterRoom(far, room), await enterRoom(here, room)];
    const [consumer] = (await viewer.consume([await sender.speak()], sender.home)).consumers;
    process.kill(far.pids[0] ?? 0, 'SIGKILL');
    await eventually(async () => expect(await viewer.refusalOf(consumer?.consumerId ?? '')).toBe('NOT_FOUND'));
    expect(ends).toEqual([]);
  } finally {
    await far.close();
  }
});

test('what nobody consumes any more is closed after a while, and comes back when it is wanted', async () => {
  const idle = { ...school, MEDIA_PIPE_IDLE_SECONDS: '0.2' };
  const node = await openMedia(idle);
  try {
    const room = newRoom();
    const [sender, viewer] = [await enterRoom(there, room), await enterRoom(node, room)];
    const [voice, picture] = [await sender.speak(), await sender.show()];
    const { consumers } = await viewer.consume([voice, picture], sender.home);
    const [ofVoice, ofPicture] = consumers.map(({ consumerId }) => consumerId);
    const producersOf = async () =>
      (await Promise.all(ends.map((end) => end.dump()))).flatMap((one) => one.producerIds);
    expect((await producersOf()).sort()).toEqual([voice, picture].sort());
    await viewer.closeConsumers([ofPicture ?? '']);
    await eventually(async () => expect(await producersOf()).toEqual([voice]));
    expect(await viewer.refusalOf(ofVoice ?? '')).toBeUndefined();
    await viewer.consume([picture], sender.home);
    expect((await producersOf()).sort()).toEqual([voice, picture].sort());
    await viewer.leave();
    await eventually(() => expect(ends).toEqual([]));
  } finally {
    await node.close();
  }
});

test('each command has its caller', async () => {
  const { post } = here;
  for (const name of ['open-pipe', 'pipe-producer', 'close-pipe', 'piped-producer-changed']) {
    expect(await post(name, '{}', 'meetings')).toMatchObject({ code: 'FORBIDDEN' });
  }
  for (const name of ['join-room', 'consume', 'drain-node']) {
    expect(await post(name, '{}', 'media')).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test.each([
  ['is killed', 'SIGKILL'],
  ['hangs', 'SIGSTOP'],
] as const)(
  'of a node that %s those are told that had to do with it, and the register, in time',
  async (_how, signal) => {
    const victim = await startMediaProcess({ REDIS_PREFIX: redis.prefix });
    const room = newRoom();
    const [sender, viewer] = [await enterRoom(victim, room), await enterRoom(here, room)];
    const [voice, picture] = [await sender.speak(), await sender.show()];
    const { consumers } = await viewer.consume([voice, picture], sender.home);
    expect((await sender.consume([await viewer.speak()], viewer.home)).consumers).toHaveLength(1);
    expect([consumers.length, ends.length]).toEqual([2, 2]); // an inbound pipe and an outbound one, their other ends in the victim
    const isListed = async () => (await nodes.list()).some(({ controlUrl }) => controlUrl === victim.base);
    await eventually(async () => expect(await isListed()).toBe(true));

    const since = performance.now();
    victim.signal(signal);
    await eventually(async () => expect(await isListed()).toBe(false));
    const unlisted = performance.now() - since;
    const lost = [voice, picture].map((producerId) =>
      expect.objectContaining({
        name: 'media.producer.lost',
        payload: expect.objectContaining({ room, peer: sender.ids.peer, producerId }),
      }),
    );
    await eventually(async () => expect(await here.events()).toEqual(expect.arrayContaining(lost)));
    const toldAfter = performance.now() - since;
    process.stderr.write(`  unlisted after ${unlisted.toFixed()} ms, told after ${toldAfter.toFixed()} ms\n`);
    expect(unlisted).toBeLessThan(3_500);
    expect(toldAfter).toBeLessThan(5_000);
    for (const { consumerId } of consumers) expect(await viewer.refusalOf(consumerId)).toBe('NOT_FOUND');
    expect(ends).toEqual([]);
    victim.signal('SIGKILL');
    await victim.ended();
  },
);

test('while Redis is away, and after it has lost all it knew, pipes go on', async () => {
  const first = await startOwnRedis();
  const own = { REDIS_URL: first.url, REDIS_PREFIX: redis.prefix };
  const [near, far] = [await openMedia(own), await openMedia(own)];
  let second: Awaited<ReturnType<typeof startOwnRedis>> | undefined;
  const register = createMediaNodes({ ...redis, redisUrl: first.url });
  try {
    const room = newRoom();
    const [sender, viewer] = [await enterRoom(far, room), await enterRoom(near, room)];
    const [consumer] = (await viewer.consume([await sender.speak()], sender.home)).consumers;
    await first.kill();
    await expect(register.list()).rejects.toThrow(); // which takes longer than the watch needs to look
    second = await startOwnRedis(first.port);
    await eventually(async () => expect(await register.list()).toHaveLength(2));
    expect(await viewer.refusalOf(consumer?.consumerId ?? '')).toBeUndefined();
    expect(ends).toHaveLength(2);
  } finally {
    await near.close();
    await far.close();
    await register.close();
    await second?.kill();
  }
});
