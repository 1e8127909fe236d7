import { createSocket } from 'node:dgram';
import { readdirSync } from 'node:fs';

import { v7 as uuid } from 'uuid';

import type { ToolCommand } from '@terakoya/common/system-tools';
import { eventually, findTestTool } from '@terakoya/common/testkit';

import { type RecordingRoom, openRecordingRoom } from './open-recording-room';
import { probe, recorderPids } from './probe';

jest.setTimeout(60_000);

let ffmpeg: ToolCommand | undefined;
let opened: RecordingRoom | undefined;

beforeAll(async () => {
  ffmpeg = await findTestTool('ffmpeg');
}, 1_800_000);
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** Runs a test where there is ffmpeg. */
function recordingTest(name: string, run: (ffmpeg: ToolCommand) => Promise<void>): void {
  test(name, async () => {
    if (ffmpeg) await run(ffmpeg);
  });
}

async function open(...given: Parameters<typeof openRecordingRoom>): Promise<RecordingRoom> {
  return (opened = await openRecordingRoom(...given));
}

const patiently = { timeoutMs: 30_000 };
const trackOf = <T extends { readonly trackId: string }>(all: readonly T[], { id }: { readonly id: string }) =>
  all.filter(({ trackId }) => trackId === id);

recordingTest('tracks are stored in segments that follow each other, and nothing is left behind', async (tool) => {
  const at = await open(tool);
  const before = Date.now();
  const tracks = [
    await at.send('opus', 'MICROPHONE'),
    await at.send('vp8', 'CAMERA'),
    await at.send('h264', 'SCREEN'),
  ] as const;
  const recording = await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  await eventually(async () => {
    const segments = await at.segments();
    for (const track of tracks) expect(trackOf(segments, track).length).toBeGreaterThanOrEqual(2);
  }, patiently);
  const stoppedAt = await recording.stop();
  expect(recorderPids()).toEqual([]);
  expect(readdirSync(at.folder)).toEqual(['files']);

  const segments = await at.segments();
  for (const [index, codec] of (['opus', 'vp8', 'h264'] as const).entries()) {
    const own = trackOf(segments, tracks[index] ?? tracks[0]);
    expect(own.map((segment) => segment.index)).toEqual(own.map((_segment, position) => position));
    for (const [position, segment] of own.entries()) {
      expect(segment.key).toMatch(/^recordings\/one\/[0-9a-f-]{36}\/\d{6}\.mkv$/);
      expect((await at.storage.stat(segment.key))?.size).toBe(segment.size);
      const found = await probe(tool, at.storage.pathOf(segment.key));
      expect([found.codec, found.beginsWithKeyFrame]).toEqual([codec, true]);
      expect(Math.abs(found.seconds * 1_000 - segment.durationMs)).toBeLessThan(100);
      const next = own[position + 1];
      const end = segment.startedAt + segment.durationMs;
      // When a segment began is known better from cut to cut, and is never told too early: it may overlap the next one.
      if (next) expect([next.startedAt <= end + 1, next.startedAt > end - 500]).toEqual([true, true]);
      else expect(stoppedAt - end).toBeLessThan(1_500);
      if (next) expect(segment.durationMs).toBeLessThan(5_000);
    }
    expect(own[0]?.startedAt).toBeGreaterThan(before);
    expect((own[0]?.startedAt ?? 0) - recording.startedAt).toBeLessThan(5_000); // the first key frame, once ffmpeg listens
  }
});

recordingTest('the time of day at which a segment began is right to some tens of milliseconds', async (tool) => {
  const at = await open(tool);
  const { port, ssrc, payloadType } = await at.produce('opus', 'MICROPHONE');
  await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  const socket = createSocket('udp4');
  const began = Date.now();
  let sequence = 0;
  const jumps: number[] = [];
  /** Silence of 20 ms in Opus, sent when it is due; a second in every four is left out. */
  const timer = setInterval(() => {
    const due = Math.floor((Date.now() - began) / 20);
    for (; sequence < due; sequence += 1) {
      if (sequence % 200 >= 150) continue;
      if (sequence % 200 === 0) jumps.push(Date.now());
      const packet = Buffer.alloc(15);
      packet.writeUInt8(0x80, 0);
      packet.writeUInt8(payloadType, 1);
      packet.writeUInt16BE((sequence - Math.floor(sequence / 200) * 50) & 0xffff, 2);
      packet.writeUInt32BE(sequence * 960, 4);
      packet.writeUInt32BE(ssrc, 8);
      packet.set([0xf8, 0xff, 0xfe], 12);
      socket.send(packet, port, '127.0.0.1');
    }
  }, 5);
  await eventually(async () => expect((await at.segments()).length).toBeGreaterThanOrEqual(3), patiently);
  clearInterval(timer);
  socket.close();
  const heard: number[] = [];
  for (const { key, startedAt } of await at.segments()) {
    const { times } = await probe(tool, at.storage.pathOf(key));
    for (const [index, time] of times.entries()) {
      if (time - (times[index - 1] ?? time) > 0.5) heard.push(startedAt + time * 1_000);
    }
  }
  expect(heard.length).toBeGreaterThan(0);
  for (const moment of heard) {
    expect(Math.min(...jumps.map((jump) => Math.abs(jump - moment)))).toBeLessThan(60);
  }
});

recordingTest('a track that comes late and one that pauses are recorded while they are sent', async (tool) => {
  const at = await open(tool);
  const voice = await at.send('opus', 'MICROPHONE');
  const recording = await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  await eventually(async () => expect(await at.segments()).toHaveLength(1), patiently);
  const lateAt = Date.now();
  const late = await at.send('vp8', 'CAMERA');
  await voice.pause();
  const pausedAt = Date.now();
  await eventually(async () => expect(trackOf(await at.segments(), late).length).toBeGreaterThan(0), patiently);
  expect(recorderPids()).toHaveLength(1);
  const resumedAt = Date.now();
  await voice.resume();
  await eventually(async () => expect(trackOf(await at.segments(), voice).length).toBeGreaterThan(2), patiently);
  late.close();
  await eventually(() => expect(recorderPids()).toHaveLength(1));
  await recording.stop();
  const spoken = trackOf(await at.segments(), voice);
  expect(spoken.map(({ index }) => index)).toEqual(spoken.map((_segment, position) => position));
  for (const { startedAt, durationMs } of spoken) {
    expect(startedAt + durationMs < pausedAt + 100 || startedAt > resumedAt - 100).toBe(true);
  }
  expect(trackOf(await at.segments(), late)[0]?.startedAt).toBeGreaterThan(lateAt);
});

recordingTest('an ffmpeg that dies is replaced; what it had not finished is all that is lost', async (tool) => {
  const at = await open(tool);
  await at.send('vp8', 'CAMERA');
  const recording = await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  await eventually(async () => expect((await at.segments()).length).toBeGreaterThan(0), patiently);
  const [victim] = recorderPids();
  process.kill(victim ?? 0, 'SIGKILL');
  const killedAt = Date.now();
  await eventually(async () => expect((await at.segments()).at(-1)?.startedAt).toBeGreaterThan(killedAt), patiently);
  await recording.stop();
  const segments = await at.segments();
  const gap = segments.map(({ startedAt }, position) => {
    const before = segments[position - 1];
    return before ? startedAt - before.startedAt - before.durationMs : 0;
  });
  expect(Math.max(...gap)).toBeLessThan(5_000 + 2_500); // the segment under way, and a start with a key frame
  expect(await at.eventsOf('media.recording.trackFailed')).toEqual([]);
});

recordingTest('a store that is away for a while costs nothing', async (tool) => {
  let refusals = 3;
  const at = await open(tool);
  const put = at.storage.put.bind(at.storage);
  at.storage.put = async (...given) => {
    if ((refusals -= 1) >= 0) throw new Error('the store is away');
    return put(...given);
  };
  await at.send('opus', 'MICROPHONE');
  const recording = await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  await eventually(async () => expect((await at.segments()).length).toBeGreaterThan(1), patiently);
  await recording.stop();
  expect((await at.segments()).map(({ index }) => index).slice(0, 2)).toEqual([0, 1]);
});

recordingTest('what cannot be recorded is told, and disturbs nothing', async (tool) => {
  const at = await open(tool, { tracks: 1 });
  const [first, second] = [await at.send('opus', 'MICROPHONE'), await at.send('opus', 'MICROPHONE')];
  const future = await at.produce('av1', 'CAMERA');
  const recording = await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  await eventually(async () =>
    expect(await at.eventsOf('media.recording.trackFailed')).toMatchObject([
      { trackId: second.id, reason: 'LIMIT_EXCEEDED' },
      { trackId: future.producer.id, reason: 'UNSUPPORTED' },
    ]),
  );
  await eventually(async () => expect((await at.segments()).length).toBeGreaterThan(0), patiently);
  await recording.stop();
  expect(trackOf(await at.segments(), first)).toEqual(await at.segments());
});

recordingTest('a track whose ffmpeg always dies is given up', async () => {
  const at = await open({ command: '/bin/false', env: {} });
  const { producer } = await at.produce('opus', 'MICROPHONE');
  const recording = await at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  const failed = { trackId: producer.id, reason: 'BROKEN', recordingId: recording.id };
  await eventually(
    async () => expect(await at.eventsOf('media.recording.trackFailed')).toMatchObject([failed]),
    patiently,
  );
  await recording.stop();
});

recordingTest(
  'starting twice is starting once, stopping twice too; the end of a room ends its recording',
  async (tool) => {
    const at = await open(tool);
    await at.send('opus', 'MICROPHONE');
    const [id, other] = [uuid(), uuid()];
    const recording = await at.recordings.start(at.recordable, id, 'recordings/one/');
    expect(await at.recordings.start(at.recordable, id, 'recordings/one/')).toBe(recording);
    await expect(at.recordings.start(at.recordable, other, 'recordings/two/')).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(() => at.recordings.get(at.room.id, other)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(await recording.stop()).toBe(await at.recordings.get(at.room.id, id).stop());
    await expect(at.recordings.start(at.recordable, id, 'recordings/one/')).rejects.toMatchObject({ code: 'CONFLICT' });

    const second = await at.recordings.start(at.recordable, other, 'recordings/two/');
    await eventually(async () => expect((await at.segments()).length).toBeGreaterThan(1), patiently);
    const storedBefore = (await at.segments()).length;
    at.room.close();
    const stoppedAt = await second.stop();
    expect((await at.segments()).length).toBeGreaterThan(storedBefore); // the one that was under way
    expect(stoppedAt).toBeLessThanOrEqual(Date.now());
    expect(recorderPids()).toEqual([]);
    await eventually(() => expect(() => at.recordings.get(at.room.id, other)).toThrow());
  },
);

recordingTest('a node without a store refuses to record', async (tool) => {
  const at = await open(tool, { storage: undefined });
  const started = at.recordings.start(at.recordable, uuid(), 'recordings/one/');
  await expect(started).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
