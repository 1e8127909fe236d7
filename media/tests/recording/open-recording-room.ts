import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

import { v7 as uuid } from 'uuid';

import type { MediaSource, RecordedSegment } from '@terakoya/common/contracts';
import { Secret } from '@terakoya/common/config';
import { closeInReverse } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';
import { createDiskStorage } from '@terakoya/common/storage';
import { createEventLog } from '@terakoya/common/streams';
import type { ToolCommand } from '@terakoya/common/system-tools';
import { createTestRedis, temporaryFolder } from '@terakoya/common/testkit';

import type { ProducerFacts } from '../../src/mediasoup/peer';
import { recordable } from '../../src/mediasoup/recordable-room';
import { Room } from '../../src/mediasoup/room';
import { WorkerPool } from '../../src/mediasoup/worker-pool';
import { createRecordingEvents } from '../../src/recording/recording-events';
import { Recordings, type RecordingsOptions } from '../../src/recording/recordings';
import { requireMediasoupWorker } from '../../src/worker/require-worker';

/** What ffmpeg sends for each kind of track; a key frame each second. */
const SENT = {
  opus: ['-f', 'lavfi', '-i', 'sine=440', '-c:a', 'libopus', '-ac', '2'],
  vp8: ['-f', 'lavfi', '-i', 'testsrc=s=160x120:r=15', '-c:v', 'libvpx', '-deadline', 'realtime', '-g', '15'],
  h264: [
    ...['-f', 'lavfi', '-i', 'testsrc=s=160x120:r=15', '-pix_fmt', 'yuv420p', '-g', '15'],
    ...['-c:v', 'libx264', '-profile:v', 'baseline', '-tune', 'zerolatency', '-preset', 'ultrafast'],
  ],
} as const;
const CODECS = {
  opus: { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} },
  vp8: { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {} },
  h264: {
    mimeType: 'video/H264',
    payloadType: 97,
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  av1: { mimeType: 'video/AV1', payloadType: 98, clockRate: 90_000, parameters: {} },
} as const;
export type CodecName = keyof typeof CODECS;

let nextSsrc = 1_000;

/** A room on a real mediasoup worker, its recordings, a store in a folder and the event log. */
export async function openRecordingRoom(ffmpeg: ToolCommand, overrides: Partial<RecordingsOptions> = {}) {
  const folder = temporaryFolder();
  const redis = createTestRedis();
  const logger = createLogger('test', 'silent');
  const log = createEventLog(redis);
  const storage = createDiskStorage({
    directory: join(folder.path, 'files'),
    publicUrl: 'http://127.0.0.1:9000',
    secret: new Secret('storage-secret-for-tests-of-32-chars'),
  });
  const workerBin = await requireMediasoupWorker();
  const listen = { listenIp: '127.0.0.1', announcedAddress: undefined, port: 0, onDied: () => undefined };
  const pool = await WorkerPool.open({ workers: 1, workerBin, ...listen });
  const recordings = new Recordings({
    storage,
    folder: folder.path,
    tracks: 10,
    findFfmpeg: () => ffmpeg,
    events: createRecordingEvents('node', log, logger),
    ...overrides,
  });
  const ignored = () => undefined;
  const listener = { lost: ignored, peerLost: ignored, producerLost: ignored, speakerChanged: ignored };
  const room = new Room(
    { meetingId: uuid(), epoch: 1 },
    { pool, consumersPerRouter: 100, patience: { silenceMs: 1e6, idleMs: 1e6 }, listener },
  );
  const id = { participantId: uuid(), sessionId: uuid() };
  await room.join(id, []);
  const peer = room.peer(id);
  const senders: ChildProcess[] = [];

  const eventsOf = async (name: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    await log.readSince('media', 0, (batch) => {
      found.push(...batch.filter((event) => event.name === name).map(({ payload }) => payload));
    });
    return found;
  };
  return {
    folder: folder.path,
    room,
    recordable: recordable(room),
    recordings,
    storage,
    participantId: id.participantId,
    /** A track of the participant that is sent to `port` in plain RTP. */
    async produce(codec: CodecName, source: MediaSource) {
      const { router } = peer.router;
      const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
      const transport = await router.createPlainTransport({ listenInfo, rtcpMux: false, comedia: true });
      const ssrc = (nextSsrc += 1);
      const producer = await transport.produce<ProducerFacts>({
        kind: CODECS[codec].mimeType.startsWith('audio') ? 'audio' : 'video',
        rtpParameters: { codecs: [CODECS[codec]], encodings: [{ ssrc }] },
        appData: { source },
      });
      await room.addProducer(peer, producer);
      const [port, rtcpPort] = [transport.tuple.localPort, transport.rtcpTuple?.localPort ?? 0];
      return { producer, ssrc, port, rtcpPort, payloadType: CODECS[codec].payloadType };
    },
    /** The same, sent by ffmpeg in real time. */
    async send(codec: keyof typeof SENT, source: MediaSource) {
      const sent = await this.produce(codec, source);
      const target = `rtp://127.0.0.1:${sent.port}?rtcpport=${sent.rtcpPort}&pkt_size=1200`;
      const rtp = ['-ssrc', String(sent.ssrc), '-payload_type', String(sent.payloadType), '-f', 'rtp', target];
      const args = ['-nostdin', '-loglevel', 'error', '-re', ...SENT[codec], ...rtp];
      senders.push(spawn(ffmpeg.command, args, { env: ffmpeg.env, stdio: 'ignore' }));
      return sent.producer;
    },
    async segments(): Promise<RecordedSegment[]> {
      return (await eventsOf('media.recording.segmentStored')) as RecordedSegment[]; // written by the contract
    },
    eventsOf,
    async close(): Promise<void> {
      for (const sender of senders) sender.kill('SIGKILL');
      await closeInReverse([log, storage, recordings, pool, { close: async () => room.close() }]);
      folder.remove();
    },
  };
}

export type RecordingRoom = Awaited<ReturnType<typeof openRecordingRoom>>;
