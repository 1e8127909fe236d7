import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RecordedSegment, composeRecording } from '@terakoya/common/contracts';
import type { Service } from '@terakoya/common/lifecycle';
import { type ObjectStorage, createStorage } from '@terakoya/common/storage';
import type { ToolCommand } from '@terakoya/common/system-tools';
import { eventually, findTestTool } from '@terakoya/common/testkit';

import { recordingWorkerConfig } from '../recording-worker/config';
import { createRecordingWorker } from '../recording-worker/service';
import { type JobOwner, startJobOwner } from './job-owner';
import { BEGAN, newTrack, segmentMaker } from './made-segments';
import { watchRecording } from './watch-recording';
import { type WorkerEnvironment, createWorkerEnvironment } from './worker-environment';

jest.setTimeout(120_000);

let ffmpeg: ToolCommand | undefined;
let environment: WorkerEnvironment;
let meetings: JobOwner;
let service: Service;
let storage: ObjectStorage;
let url: string;

beforeAll(async () => {
  ffmpeg = await findTestTool('ffmpeg');
  environment = await createWorkerEnvironment();
  const config = recordingWorkerConfig.read(environment.variables);
  storage = createStorage(config);
  meetings = await startJobOwner('meetings', environment.database.url, environment.connection);
  service = createRecordingWorker(config);
  url = `http://127.0.0.1:${(await service.start()).port}`;
}, 600_000);
afterAll(async () => {
  await service.close();
  await meetings.close();
  await storage.close();
  await environment.remove();
});

/** Runs a test where there is ffmpeg. */
function recordingTest(name: string, run: (make: ReturnType<typeof segmentMaker>, tool: ToolCommand) => Promise<void>) {
  test(name, async () => {
    if (ffmpeg) await run(segmentMaker(ffmpeg, environment.folder, storage), ffmpeg);
  });
}

function payloadOf(
  segments: readonly RecordedSegment[],
  seconds: number,
  chapters: { atMs: number; title: string }[] = [],
) {
  const recordingId = randomUUID();
  const outputKey = `recordings/${recordingId}/whole.mp4`;
  return {
    recordingId,
    startedAt: BEGAN,
    endedAt: BEGAN + seconds * 1_000,
    segments: [...segments],
    chapters,
    outputKey,
  };
}

const compose = (payload: ReturnType<typeof payloadOf>) => meetings.run(composeRecording, payload.recordingId, payload);

async function composed(payload: ReturnType<typeof payloadOf>) {
  const outcome = await compose(payload);
  if (outcome.status !== 'succeeded') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

const pathOf = (key: string): string => join(environment.folder, 'files', 'objects', key);
const [RED, GREEN, BLUE, BLACK] = [
  [255, 0, 0],
  [0, 128, 0],
  [0, 0, 255],
  [0, 0, 0],
];

function expectColour(found: readonly number[], wanted: readonly number[] | undefined): void {
  for (const [index, value] of found.entries()) expect(Math.abs(value - (wanted?.[index] ?? 0))).toBeLessThan(40);
}

recordingTest('cameras, a screen and voices become one film with chapters, all at their times', async (make, tool) => {
  const [one, other, screen] = [newTrack('CAMERA'), newTrack('CAMERA'), newTrack('SCREEN')];
  const [voice, late] = [newTrack('MICROPHONE'), newTrack('MICROPHONE')];
  const segments = [
    await make.picture(one, 'red', '320x240', 0, 2),
    await make.changingPicture(one, 'red', ['320x240', '160x120', '240x320'], 2, 3),
    await make.picture(one, 'red', '320x240', 5.1, 0.9),
    await make.picture(other, 'green', '320x180', 0.02, 3),
    await make.picture(screen, 'blue', '640x360', 2, 3),
    await make.tone(voice, 440, -0.5, 2.5),
    await make.tone(voice, 440, 7.5, 1.5),
    await make.tone(late, 880, 3, 2),
  ];
  const chapters = [
    { atMs: 0, title: 'Greeting = hello; #1' },
    { atMs: 3_000, title: '分数' },
    { atMs: 60_000, title: 'never' },
  ];
  const payload = payloadOf(segments, 9.2, chapters);
  const result = await composed(payload);
  expect(result).toMatchObject({ key: payload.outputKey, hasVideo: true, hasAudio: true, skippedSegments: [] });
  expect(await storage.stat(result.key)).toMatchObject({ size: result.size, contentType: 'video/mp4' });

  const film = watchRecording(tool, pathOf(result.key));
  expect(film.probed.streams.map((stream) => stream.codec_name)).toEqual(expect.arrayContaining(['aac', 'h264']));
  expect(film.probed.streams.find((stream) => stream.width)).toMatchObject({ width: 1280, height: 720 });
  expect(Math.abs(Number(film.probed.format.duration) - 9.2)).toBeLessThan(0.1);
  expect(
    film.probed.chapters.map(({ start_time, end_time, tags }) => [Number(start_time), Number(end_time), tags.title]),
  ).toEqual([
    [0, 3, 'Greeting = hello; #1'],
    [3, 9.2, '分数'],
  ]);

  expectColour(film.colourAt(1, 320, 360), RED); // two cameras, side by side
  expectColour(film.colourAt(1, 960, 360), GREEN);
  for (const seconds of [2.5, 3.4, 4.4]) expectColour(film.colourAt(seconds, 500, 360), BLUE); // the screen is large
  expectColour(film.colourAt(2.5, 1152, 288), RED); // and they are beside it
  expectColour(film.colourAt(2.5, 1152, 432), GREEN);
  for (const seconds of [3.4, 4.4]) expectColour(film.colourAt(seconds, 1152, 360), RED); // in whatever size it comes
  expectColour(film.colourAt(5.5, 640, 360), RED); // alone: all the room
  expectColour(film.colourAt(7, 640, 360), BLACK);

  for (const [from, to, hertz] of [
    [0.1, 1.9, 440],
    [3.1, 4.9, 880],
    [7.6, 8.9, 440],
  ] as const) {
    expect(film.loudness(from, to)).toBeGreaterThan(0.05);
    expect(Math.abs(film.hertz(from, to) - hertz)).toBeLessThan(10);
  }
  for (const [from, to] of [
    [2.1, 2.95],
    [5.1, 7.4],
    [9.1, 9.15],
  ] as const)
    expect(film.loudness(from, to)).toBeLessThan(0.005);
});

recordingTest('composed again it is the same file; nothing is left behind', async (make) => {
  const payload = payloadOf(
    [
      await make.picture(newTrack('CAMERA'), 'red', '160x120', 0, 1),
      await make.tone(newTrack('MICROPHONE'), 440, 0, 1),
    ],
    1,
  );
  const hash = async (): Promise<string> => {
    const { key } = await composed(payload);
    return createHash('sha256')
      .update(await storage.getBuffer(key, 1e9))
      .digest('hex');
  };
  const first = await hash();
  payload.recordingId = randomUUID(); // another job, the same work
  expect(await hash()).toBe(first);
  expect(runs()).toBe(0);
});

recordingTest('voices alone become a film without a picture, pictures alone one without sound', async (make) => {
  const voice = await composed(payloadOf([await make.tone(newTrack('MICROPHONE'), 440, 0, 1)], 2));
  expect(voice).toMatchObject({ hasVideo: false, hasAudio: true });
  const picture = await composed(payloadOf([await make.picture(newTrack('SCREEN'), 'blue', '160x120', 0, 1)], 2));
  expect(picture).toMatchObject({ hasVideo: true, hasAudio: false });
  for (const { durationMs } of [voice, picture]) expect(Math.abs(durationMs - 2_000)).toBeLessThan(100);
});

recordingTest('what is missing or broken is left out and told', async (make, tool) => {
  const track = newTrack('MICROPHONE');
  const segments: RecordedSegment[] = [];
  for (let index = 0; index < 5; index += 1) segments.push(await make.tone(track, 440, index, 1));
  const [, missing, short, broken] = segments;
  await storage.delete(missing?.key ?? '');
  await storage.put(short?.key ?? '', Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), 'audio/x-matroska');
  const garbage = Buffer.alloc(broken?.size ?? 0, 0x55);
  garbage.set([0x1a, 0x45, 0xdf, 0xa3]); // it looks like one from outside
  await storage.put(broken?.key ?? '', garbage, 'audio/x-matroska');
  const result = await composed(payloadOf(segments, 5));
  expect(result.skippedSegments.map(({ index }) => index)).toEqual([1, 2, 3]);
  const film = watchRecording(tool, pathOf(result.key));
  expect(film.loudness(0.1, 0.9)).toBeGreaterThan(0.05);
  expect(film.loudness(1.2, 3.8)).toBeLessThan(0.005);
  expect(film.loudness(4.1, 4.9)).toBeGreaterThan(0.05);
});

recordingTest('a recording of nothing is refused', async () => {
  expect(await compose(payloadOf([], 1))).toMatchObject({ status: 'failed', error: { code: 'CONFLICT' } });
});

recordingTest('a job that is cancelled stops its ffmpeg and leaves nothing', async (make) => {
  const track = newTrack('CAMERA');
  const segments = await Promise.all([make.picture(track, 'red', '160x120', 0, 1)]);
  const payload = payloadOf(segments, 6 * 3_600); // six hours of black take long
  void compose(payload); // nobody hears of a job that was cancelled
  await eventually(() => expect(runs()).toBe(1));
  await meetings.cancel(payload.recordingId);
  await eventually(() => expect(runs()).toBe(0));
  expect(await storage.stat(payload.outputKey)).toBeNull();
});

/** Runs under way: each has a folder as long as its ffmpeg works. */
function runs(): number {
  const own = readdirSync(tmpdir()).filter((name) => name.startsWith(`terakoya-composing-${process.pid}-`));
  return own.flatMap((name) => readdirSync(join(tmpdir(), name))).length;
}

test('it is ready, and counts what it did', async () => {
  expect((await fetch(`${url}/ready`)).ok).toBe(true);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  if (ffmpeg) expect(metrics).toMatch(/^terakoya_recordings_composed_total [1-9]/m);
});
