import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type AddressInfo, connect, createServer } from 'node:net';

import { observer, type types } from 'mediasoup';

import { type MediaRoom, mediaCommands as told } from '@terakoya/common/contracts';
import { eventually } from '@terakoya/common/testkit';

import { type OpenedMedia, newPeer, newRoom, openMedia } from './open-media';
import { rtpCapabilities } from './participants';
import { opus, vp8Simulcast } from './tracks';

jest.setTimeout(60_000);

let media: OpenedMedia;

beforeAll(async () => {
  media = await openMedia();
}, 1_800_000); // where the worker has to be built first
afterAll(() => media.close());

async function join(at: OpenedMedia, room: MediaRoom, peer = newPeer()) {
  const { transports, routerRtpCapabilities } = await at.command(told.joinRoom, {
    room,
    peer,
    directions: ['SEND', 'RECEIVE'],
  });
  const [send, receive] = transports.map(({ transportId }) => transportId);
  const ids = { room, peer };
  return { ...ids, ids, send: send ?? '', receive: receive ?? '', transports, routerRtpCapabilities };
}
type Joined = Awaited<ReturnType<typeof join>>;

const microphone = (at: OpenedMedia, { ids, send: transportId }: Joined) =>
  at.command(told.produce, {
    ...ids,
    transportId,
    kind: 'audio',
    source: 'MICROPHONE',
    rtpParameters: opus(),
    isPaused: false,
  });
const camera = (at: OpenedMedia, { ids, send: transportId }: Joined) =>
  at.command(told.produce, {
    ...ids,
    transportId,
    kind: 'video',
    source: 'CAMERA',
    rtpParameters: vp8Simulcast(),
    isPaused: false,
  });
const consume = (
  at: OpenedMedia,
  { ids, receive: transportId }: Joined,
  producerIds: string[],
  capabilities = rtpCapabilities,
) =>
  at.command(told.consume, {
    ...ids,
    transportId,
    producers: producerIds.map((producerId) => ({ producerId, home: null })),
    rtpCapabilities: capabilities,
  });

test('one trip enters a participant with both transports', async () => {
  const { transports, routerRtpCapabilities } = await join(media, newRoom());
  expect(transports.map(({ direction }) => direction)).toEqual(['SEND', 'RECEIVE']);
  const mimeTypes = new Set(routerRtpCapabilities.codecs?.map(({ mimeType }) => mimeType));
  for (const wanted of ['audio/opus', 'video/VP8', 'video/VP9', 'video/H264', 'video/AV1']) {
    expect(mimeTypes).toContain(wanted);
  }
  for (const { iceCandidates, dtlsParameters, sctpParameters } of transports) {
    expect(iceCandidates.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
    expect(dtlsParameters.fingerprints.length).toBeGreaterThan(0);
    expect(sctpParameters?.port).toBe(5_000);
  }
});

test('what one sends the other consumes: paused first, in the layer it asks for, until it ends', async () => {
  const room = newRoom();
  const [sender, viewer] = [await join(media, room), await join(media, room)];
  const { producerId: voice } = await microphone(media, sender);
  const { producerId: picture } = await camera(media, sender);
  const { consumers, refused } = await consume(media, viewer, [voice, picture]);
  expect(refused).toEqual([]);
  expect(consumers.map(({ kind, type, isProducerPaused }) => [kind, type, isProducerPaused])).toEqual([
    ['audio', 'simple', false],
    ['video', 'simulcast', false],
  ]);
  const consumerIds = consumers.map(({ consumerId }) => consumerId);
  await media.command(told.setConsumersPaused, { ...viewer.ids, consumerIds, isPaused: false });
  const consumerId = consumerIds[1] ?? '';
  await media.command(told.setPreferredLayers, { ...viewer.ids, consumerId, spatialLayer: 1, temporalLayer: null });
  await media.command(told.setConsumerPriority, { ...viewer.ids, consumerId, priority: 200 });
  await media.command(told.requestKeyFrame, { ...viewer.ids, consumerId });

  await media.command(told.setProducerPaused, { ...sender.ids, producerId: voice, isPaused: true });
  const again = await consume(media, viewer, [voice]);
  expect(again.consumers[0]?.isProducerPaused).toBe(true);

  const participantIds = [sender.peer.participantId, viewer.peer.participantId];
  const { participants } = await media.command(told.measureQuality, { room, participantIds });
  expect(participants.map(({ tracks }) => tracks.length).sort()).toEqual([2, 3]);

  await media.command(told.closeProducer, { ...sender.ids, producerId: picture });
  await eventually(async () =>
    expect(await media.refusal(told.requestKeyFrame, { ...viewer.ids, consumerId })).toBe('NOT_FOUND'),
  );
  expect((await consume(media, viewer, [picture])).refused).toMatchObject([{ producerId: picture, code: 'NOT_FOUND' }]);
});

test('a data channel is handed on', async () => {
  const room = newRoom();
  const [sender, viewer] = [await join(media, room), await join(media, room)];
  const sctpStreamParameters = { streamId: 0, ordered: true };
  const { dataProducerId } = await media.command(told.produceData, {
    ...sender.ids,
    transportId: sender.send,
    label: 'pointer',
    sctpStreamParameters,
  });
  const consumed = await media.command(told.consumeData, {
    ...viewer.ids,
    transportId: viewer.receive,
    dataProducerId,
  });
  expect(consumed).toMatchObject({ label: 'pointer', sctpStreamParameters: { ordered: true } });
});

test('ICE restarts with other credentials', async () => {
  const { ids, send, transports } = await join(media, newRoom());
  const { iceParameters } = await media.command(told.restartIce, { ...ids, transportId: send });
  expect(iceParameters.usernameFragment).not.toBe(transports[0]?.iceParameters.usernameFragment);
});

test("another's transport, another room's producer, the wrong direction and an earlier session are not found", async () => {
  const room = newRoom();
  const [one, other, elsewhere] = [await join(media, room), await join(media, room), await join(media, newRoom())];
  const { producerId } = await microphone(media, elsewhere);
  const produce = { kind: 'audio', source: 'MICROPHONE', rtpParameters: opus(), isPaused: false } as const;
  expect(await media.refusal(told.produce, { ...one.ids, ...produce, transportId: other.send })).toBe('NOT_FOUND');
  expect(await media.refusal(told.produce, { ...one.ids, ...produce, transportId: one.receive })).toBe('NOT_FOUND');
  expect((await consume(media, one, [producerId])).refused).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await media.refusal(told.closeProducer, { ...one.ids, producerId })).toBe('NOT_FOUND');

  const again = await join(media, room, { ...one.peer, sessionId: newPeer().sessionId });
  expect(await media.refusal(told.restartIce, { ...one.ids, transportId: one.send })).toBe('NOT_FOUND');
  await media.command(told.leaveRoom, one.ids); // the session that was replaced: nothing happens
  await media.command(told.restartIce, { ...again.ids, transportId: again.send });
});

test('what mediasoup cannot use is refused by field, and nobody else is disturbed', async () => {
  const room = newRoom();
  const [one, other] = [await join(media, room), await join(media, room)];
  const { producerId } = await camera(media, one);
  const noCodec = await consume(media, other, [producerId], { codecs: [] });
  expect(noCodec.refused).toMatchObject([{ producerId, code: 'BAD_USER_INPUT' }]);
  const unknown = { ...opus(), codecs: [{ mimeType: 'audio/none', payloadType: 100, clockRate: 8_000 }] };
  const attempt = { ...one.ids, transportId: one.send, kind: 'audio', source: 'MICROPHONE', isPaused: false } as const;
  expect(await media.refusal(told.produce, { ...attempt, rtpParameters: unknown })).toBe('BAD_USER_INPUT');
  const same = opus();
  await media.command(told.produce, { ...attempt, rtpParameters: same });
  expect(await media.refusal(told.produce, { ...attempt, rtpParameters: same })).toBe('BAD_USER_INPUT'); // the SSRC is taken
  const [codec] = opus().codecs;
  const oversized = { ...opus(), codecs: Array.from({ length: 33 }, () => codec) };
  const { code, body } = await media.post('produce', JSON.stringify({ ...attempt, rtpParameters: oversized }));
  expect([code, body]).toEqual([
    'BAD_USER_INPUT',
    expect.objectContaining({ details: { field: 'rtpParameters.codecs' } }),
  ]);
  expect((await consume(media, other, [producerId])).consumers).toHaveLength(1);
});

test('a source goes with its kind, and nobody has more of anything than can be of use', async () => {
  const { ids, send: transportId } = await join(media, newRoom());
  const attempt = { ...ids, transportId, kind: 'audio', isPaused: false } as const;
  const wrong = await media.post('produce', JSON.stringify({ ...attempt, source: 'CAMERA', rtpParameters: opus() }));
  expect(wrong).toMatchObject({ code: 'BAD_USER_INPUT', body: { details: { field: 'source' } } });

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => media.refusal(told.openTransport, { ...ids, direction: 'RECEIVE' })),
  );
  expect(answers.filter((code) => code === undefined)).toHaveLength(2); // two were there already
  expect(answers.filter((code) => code === 'LIMIT_EXCEEDED')).toHaveLength(18);
  const tracks = await Promise.all(
    Array.from({ length: 10 }, () =>
      media.refusal(told.produce, { ...attempt, source: 'MICROPHONE', rtpParameters: { ...opus(), mid: undefined } }),
    ),
  );
  expect(tracks.filter((code) => code === 'LIMIT_EXCEEDED')).toHaveLength(2);
});

test('a thousand joins at once leave the node as it was', async () => {
  const room = newRoom();
  const peers = Array.from({ length: 1_000 }, newPeer);
  await Promise.all(peers.map((peer) => media.command(told.joinRoom, { room, peer, directions: ['SEND'] })));
  await media.command(told.closeRoom, { room });
  expect((await join(media, newRoom())).transports).toHaveLength(2);
});

test('what the node carries is in its metrics', async () => {
  await join(media, newRoom());
  await eventually(
    async () => {
      const metrics = await (await fetch(`${media.base}/metrics`)).text();
      expect(metrics).toMatch(/^terakoya_media_rooms [1-9]/m);
      expect(metrics).toMatch(/^terakoya_media_worker_cpu_seconds\{worker="0"\} \d/m);
      expect(metrics).toMatch(/^terakoya_media_command_seconds_count\{command="join-room",code="OK"\} [1-9]/m);
    },
    { timeoutMs: 15_000 },
  );
});

test('a room spreads over the workers, and everybody still gets everything', async () => {
  const node = await openMedia({ MEDIASOUP_WORKERS: '2', MEDIA_CONSUMERS_PER_ROUTER: '1' });
  try {
    const room = newRoom();
    const first = await join(node, room);
    const { producerId: voice } = await microphone(node, first);
    const second = await join(node, room);
    await consume(node, second, [voice]); // the first router is full now
    const third = await join(node, room);
    const { producerId: picture } = await camera(node, third);
    const [at, other] = await Promise.all([consume(node, third, [voice]), consume(node, second, [picture])]);
    expect([at.consumers.length, other.consumers.length, at.refused, other.refused]).toEqual([1, 1, [], []]);
    const consumerId = at.consumers[0]?.consumerId ?? '';
    await node.command(told.closeProducer, { ...first.ids, producerId: voice });
    await eventually(async () =>
      expect(await node.refusal(told.requestKeyFrame, { ...third.ids, consumerId })).toBe('NOT_FOUND'),
    );
  } finally {
    await node.close();
  }
});

test('a worker that dies is replaced; its rooms are told lost and open again with the next epoch', async () => {
  const node = await openMedia();
  try {
    const room = newRoom();
    const { ids, send } = await join(node, room);
    process.kill(node.pids[0] ?? 0, 'SIGKILL');
    await eventually(async () =>
      expect(await node.events()).toMatchObject([{ name: 'media.room.lost', payload: { room } }]),
    );
    expect(await node.refusal(told.restartIce, { ...ids, transportId: send })).toBe('NOT_FOUND');
    await eventually(async () => expect(await node.isReady()).toBe(true));
    const metrics = await (await fetch(`${node.base}/metrics`)).text();
    expect(metrics).toMatch(/^terakoya_media_worker_deaths_total [1-9]/m);
    const next = await join(node, { ...room, epoch: 2 });
    expect(next.transports).toHaveLength(2);
    expect(await node.refusal(told.joinRoom, { ...ids, directions: [] })).toBe('NOT_FOUND');
  } finally {
    await node.close();
  }
});

test('a node whose media port is taken does not start, and leaves no worker behind', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const workers: types.Worker[] = [];
  const note = (worker: types.Worker): void => void workers.push(worker);
  observer.on('newworker', note);
  try {
    const { port } = taken.address() as AddressInfo; // a TCP server's
    await expect(openMedia({ MEDIASOUP_PORT: String(port) })).rejects.toThrow();
    expect(workers.map(({ closed }) => closed)).toEqual([true]);
  } finally {
    observer.off('newworker', note);
    await new Promise((resolve) => taken.close(resolve));
  }
});

test.each([
  ['nobody', null, 'UNAUTHENTICATED', 401],
  ['the gateway', 'gateway', 'FORBIDDEN', 403],
])('%s cannot command a node', async (_who, caller, code, status) => {
  const answer = await media.post('drain', '{}', caller);
  expect(answer).toMatchObject({ status: 404 });
  expect(await media.post('leave-room', '{}', caller)).toMatchObject({ code, status });
});

test.each([
  ['no JSON', 'join-room', '{', 400, 'request'],
  ['another shape', 'join-room', '{"room":{"meetingId":"x","epoch":1}}', 400, 'room.meetingId'],
])('%s is refused and names the field', async (_what, name, body, status, field) => {
  expect(await media.post(name, body)).toMatchObject({
    status,
    code: 'BAD_USER_INPUT',
    body: { details: { field } },
  });
});

test('a command larger than a command can be is refused', async () => {
  expect(await media.post('join-room', ' '.repeat(200_000))).toMatchObject({ status: 413, code: 'LIMIT_EXCEEDED' });
});

test('what is no STUN, DTLS, RTP or RTCP at the media port disturbs nobody', async () => {
  const room = newRoom();
  const { transports } = await join(media, room);
  const portOf = (protocol: string): number =>
    Number(transports[0]?.iceCandidates.find((candidate) => candidate.protocol === protocol)?.port);
  const socket = createSocket('udp4');
  const send = (packet: Buffer) =>
    new Promise<void>((resolve, reject) =>
      socket.send(packet, portOf('udp'), '127.0.0.1', (error) => (error ? reject(error) : resolve())),
    );
  const firstBytes = [0x00, 0x01, 0x14, 0x16, 0x17, 0x80, 0x90, 0xff];
  for (let index = 0; index < 2_000; index += 1) {
    const packet = randomBytes(1 + (index % 1_400));
    packet[0] = firstBytes[index % firstBytes.length] ?? 0;
    await send(packet);
  }
  const stream = connect(portOf('tcp'), '127.0.0.1');
  await new Promise<void>((resolve) => stream.write(randomBytes(65_000), () => resolve()));
  stream.destroy();
  socket.close();
  expect(await media.isReady()).toBe(true);
  expect((await join(media, room)).transports).toHaveLength(2);
  expect(await media.events()).toEqual([]);
});
