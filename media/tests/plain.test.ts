import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { getSupportedRtpCapabilities } from 'mediasoup';

import { mediaCommands as told, openPlainTransport, rtpCapabilitiesSchema } from '@terakoya/common/contracts';
import { eventually } from '@terakoya/common/testkit';

import { type OpenedMedia, newPeer, newRoom, openMedia } from './open-media';
import { opus } from './tracks';

jest.setTimeout(60_000);

const rtpCapabilities = rtpCapabilitiesSchema.parse({
  codecs: getSupportedRtpCapabilities()
    .codecs?.filter(({ mimeType }) => mimeType === 'audio/opus')
    .map((codec) => ({ ...codec, preferredPayloadType: 111 })),
});
const KEY = Buffer.alloc(30, 7).toString('base64');
let media: OpenedMedia;

beforeAll(async () => {
  media = await openMedia({ MEDIA_PLAIN_TRANSPORTS: 'true' });
}, 1_800_000); // where the worker has to be built first
afterAll(() => media.close());

async function join(at: OpenedMedia, room = newRoom()) {
  const ids = { room, peer: newPeer() };
  await at.command(told.joinRoom, { ...ids, directions: [] });
  return ids;
}

async function openSocket() {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, end: { ip: '127.0.0.1', port: socket.address().port } };
}

/** An RTP packet (RFC 3550, 5.1) with a payload of one byte. */
function packet(ssrc: number, sequence: number, payload: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(111, 1);
  bytes.writeUInt16BE(sequence, 2);
  bytes.writeUInt32BE(sequence * 960, 4);
  bytes.writeUInt32BE(ssrc, 8);
  bytes.writeUInt8(payload, 12);
  return bytes;
}

test('what a participant without ICE and DTLS sends is handed on to another', async () => {
  const room = newRoom();
  const [sender, viewer] = [await join(media, room), await join(media, room)];
  const [from, at] = [await openSocket(), await openSocket()];
  try {
    const open = { srtp: null, direction: 'SEND', remote: null } as const;
    const sending = await media.command(openPlainTransport, { ...sender, ...open });
    const receiving = await media.command(openPlainTransport, {
      ...viewer,
      srtp: null,
      direction: 'RECEIVE',
      remote: at.end,
    });
    expect([sending.direction, sending.ip, sending.srtp]).toEqual(['SEND', '127.0.0.1', null]);
    const rtpParameters = opus();
    const { producerId } = await media.command(told.produce, {
      ...sender,
      transportId: sending.transportId,
      kind: 'audio',
      source: 'MICROPHONE',
      rtpParameters,
      isPaused: false,
    });
    const { consumers } = await media.command(told.consume, {
      ...viewer,
      transportId: receiving.transportId,
      producers: [{ producerId, home: null }],
      rtpCapabilities,
    });
    const consumerIds = consumers.map(({ consumerId }) => consumerId);
    await media.command(told.setConsumersPaused, { ...viewer, consumerIds, isPaused: false });

    const received: Buffer[] = [];
    at.socket.on('message', (bytes) => received.push(bytes));
    let sequence = 0;
    await eventually(() => {
      sequence += 1;
      from.socket.send(packet(rtpParameters.encodings?.[0]?.ssrc ?? 0, sequence, 42), sending.port, sending.ip);
      const ssrc = consumers[0]?.rtpParameters.encodings?.[0]?.ssrc;
      const rtp = received.filter((bytes) => bytes.readUInt32BE(8) === ssrc);
      expect(rtp.length).toBeGreaterThan(2);
      expect(rtp[0]?.at(-1)).toBe(42); // after header extensions of the node's own
    });
    const { participants } = await media.command(told.measureQuality, {
      room,
      participantIds: [sender.peer.participantId],
    });
    expect(participants[0]?.tracks).toMatchObject([{ id: producerId, direction: 'SEND' }]);
  } finally {
    from.socket.close();
    at.socket.close();
  }
});

test('it has a key of its own where the participant encrypts, and a key that cannot be used is refused', async () => {
  const ids = await join(media);
  const open = { ...ids, direction: 'SEND', remote: null } as const;
  const srtp = { cryptoSuite: 'AES_CM_128_HMAC_SHA1_80', keyBase64: KEY } as const;
  const opened = await media.command(openPlainTransport, { ...open, srtp });
  expect(opened.srtp?.cryptoSuite).toBe('AES_CM_128_HMAC_SHA1_80');
  expect(Buffer.from(opened.srtp?.keyBase64 ?? '', 'base64')).toHaveLength(30);
  expect(opened.srtp?.keyBase64).not.toBe(KEY);
  const short = { ...srtp, keyBase64: Buffer.alloc(4).toString('base64') };
  const refused = await media.post(openPlainTransport.name, JSON.stringify({ ...open, srtp: short }));
  expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', body: { details: { field: 'srtp' } } });
});

test('it counts as a transport of its peer, and has neither ICE nor DTLS', async () => {
  const ids = await join(media);
  const open = { ...ids, direction: 'RECEIVE', remote: null, srtp: null } as const;
  const { transportId } = await media.command(openPlainTransport, open);
  expect(await media.refusal(told.restartIce, { ...ids, transportId })).toBe('NOT_FOUND');
  const fingerprints = [{ algorithm: 'sha-256' as const, value: 'AA' }];
  const connect = { ...ids, transportId, dtlsParameters: { fingerprints } };
  expect(await media.refusal(told.connectTransport, connect)).toBe('NOT_FOUND');
  const more = await Promise.all(Array.from({ length: 6 }, () => media.refusal(openPlainTransport, open)));
  expect(more.filter((code) => code === 'LIMIT_EXCEEDED')).toHaveLength(3);
  const stranger = { ...open, peer: newPeer() };
  expect(await media.refusal(openPlainTransport, stranger)).toBe('NOT_FOUND');
});

test('a node that was not told to have plain transports has none', async () => {
  const node = await openMedia();
  try {
    const ids = await join(node);
    const refused = await node.refusal(openPlainTransport, { ...ids, direction: 'SEND', remote: null, srtp: null });
    expect(refused).toBe('FORBIDDEN');
  } finally {
    await node.close();
  }
});
