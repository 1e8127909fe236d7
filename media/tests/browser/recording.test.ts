import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { build } from 'esbuild';
import { type BrowserContext, chromium } from 'playwright-core';
import { v7 as uuid } from 'uuid';

import { IDENTITY_HEADER, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { type RecordedSegment, recordedSegmentSchema, recordingSegmentStored } from '@terakoya/common/contracts';
import { createEventLog } from '@terakoya/common/streams';
import type { ToolCommand } from '@terakoya/common/system-tools';
import {
  CHROMIUM_FLAGS_FOR_MEDIA,
  createTestRedis,
  eventually,
  findTestTool,
  temporaryFolder,
  testIdentity,
} from '@terakoya/common/testkit';

import { requireMediasoupWorker } from '../../src/worker/require-worker';
import { newPeer, newRoom } from '../open-media';
import { firstWidth, isBeingRecorded, probe } from '../recording/probe';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..', '..');
const SOURCE = ['--conditions=terakoya-source', '--require', join(ROOT, 'scripts', 'register.js')];
const headers = createIdentityHeaders(new Secret(testIdentity.secret));
const folder = temporaryFolder();
const redis = createTestRedis();
const log = createEventLog(redis);
const html = createServer((_request, response) => response.end('<!doctype html><title>participant</title>'));
let ffmpeg: ToolCommand | undefined;
let context: BrowserContext | undefined;
let script = '';
let node: { readonly child: ChildProcess; readonly port: number };

beforeAll(async () => {
  ffmpeg = await findTestTool('ffmpeg');
  const browser = await findTestTool('chromium');
  node = await startNode();
  await new Promise<void>((resolve) => html.listen(0, '127.0.0.1', resolve));
  const entryPoints = [join(__dirname, 'page.ts')];
  const bundle = await build({ entryPoints, bundle: true, write: false, format: 'iife', platform: 'browser' });
  script = bundle.outputFiles[0]?.text ?? '';
  if (!browser) return;
  const options = {
    executablePath: browser.command,
    args: [...CHROMIUM_FLAGS_FOR_MEDIA],
    env: { ...process.env, ...browser.env },
  };
  context = await chromium.launchPersistentContext(join(folder.path, 'profile'), options);
}, 1_800_000); // where the worker has to be built first
afterAll(async () => {
  await context?.close();
  node.child.kill('SIGKILL');
  html.closeAllConnections();
  await new Promise((resolve) => html.close(resolve));
  await log.close();
  folder.remove();
});

/** A media node in a process of its own, which can be killed. */
async function startNode() {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    LOG_LEVEL: 'silent',
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: redis.prefix,
    IDENTITY_SECRET: testIdentity.secret,
    MEDIASOUP_WORKERS: '1',
    MEDIASOUP_WORKER_BIN: await requireMediasoupWorker(),
    FILE_STORAGE_DIRECTORY: join(folder.path, 'files'),
    FILE_STORAGE_SECRET: 'storage-secret-for-tests-of-32-chars',
  };
  const main = join(ROOT, 'media', 'src', 'main.ts');
  const child = spawn(process.execPath, [...SOURCE, main], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', () => reject(new Error('the node did not start')));
  });
  return { child, port };
}

async function ask(name: string, request: object): Promise<never> {
  const response = await fetch(`http://127.0.0.1:${node.port}/control/${name}`, {
    method: 'POST',
    headers: { [IDENTITY_HEADER]: headers.sign({ caller: 'meetings', viewer: null }) },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(50_000),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body as never; // in the form of the command that was asked
}

async function publish(room: ReturnType<typeof newRoom>): Promise<string[]> {
  const page = await (context as BrowserContext).newPage(); // the test is skipped without one
  await page.exposeFunction('askNode', ask);
  await page.goto(`http://127.0.0.1:${(html.address() as AddressInfo).port}`); // a TCP server's
  await page.evaluate(script);
  await page.evaluate(`enter(${JSON.stringify({ room, peer: newPeer() })})`);
  return page.evaluate<string[]>('participant.publish()');
}

async function segmentsOf(recordingId: string, trackId: string | undefined): Promise<RecordedSegment[]> {
  const found: RecordedSegment[] = [];
  await log.readSince('media', 0, (batch) => {
    for (const { name, payload } of batch) {
      if (name !== recordingSegmentStored.name) continue;
      const event = recordingSegmentStored.payload.parse(payload);
      if (event.recordingId === recordingId && event.trackId === trackId)
        found.push(recordedSegmentSchema.parse(event));
    }
  });
  return found;
}

const pathOf = (key: string): string => join(folder.path, 'files', 'objects', key);

test('a browser is recorded in a better layer than its smallest, in segments that follow each other', async () => {
  if (!context || !ffmpeg) return;
  const tool = ffmpeg;
  const room = newRoom();
  const recordingId = uuid();
  await ask('join-room', { room, peer: newPeer(), directions: [] }); // a room there must be
  await ask('start-recording', { room, recordingId, keyPrefix: 'recordings/one/' });
  const [voice, picture] = await publish(room);
  await eventually(
    async () => {
      const last = (await segmentsOf(recordingId, picture)).at(-1);
      expect(last && (await firstWidth(tool, pathOf(last.key)))).toBeGreaterThan(160); // the smallest of its three sizes
      expect((await segmentsOf(recordingId, picture)).length).toBeGreaterThan(2);
    },
    { timeoutMs: 60_000 },
  );
  const { stoppedAt } = await ask('stop-recording', { room, recordingId });
  for (const [trackId, codec] of [
    [voice, 'opus'],
    [picture, 'vp8'],
  ] as const) {
    const segments = await segmentsOf(recordingId, trackId);
    for (const [index, { key, startedAt, durationMs }] of segments.entries()) {
      const found = await probe(ffmpeg, pathOf(key));
      expect([found.codec, found.beginsWithKeyFrame]).toEqual([codec, true]);
      expect(durationMs).toBeLessThan(5_000);
      const next = segments[index + 1]?.startedAt ?? stoppedAt;
      expect(Math.abs(next - startedAt - durationMs)).toBeLessThan(index + 1 < segments.length ? 100 : 1_500);
    }
  }
});

test('a node that is killed has told of all but the last five seconds, and every ffmpeg ends', async () => {
  if (!context || !ffmpeg) return;
  const room = newRoom();
  const recordingId = uuid();
  await ask('join-room', { room, peer: newPeer(), directions: [] });
  await ask('start-recording', { room, recordingId, keyPrefix: 'recordings/two/' });
  const tracks = await publish(room);
  await eventually(
    async () => {
      for (const track of tracks) expect((await segmentsOf(recordingId, track)).length).toBeGreaterThan(1);
    },
    { timeoutMs: 60_000 },
  );
  for (const track of tracks) expect(isBeingRecorded(track)).toBe(true);
  node.child.kill('SIGKILL');
  const killedAt = Date.now();
  for (const track of tracks) {
    const segments = await segmentsOf(recordingId, track);
    const last = segments.at(-1);
    expect(killedAt - (last?.startedAt ?? 0) - (last?.durationMs ?? 0)).toBeLessThan(5_000);
    for (const { key, size } of segments)
      expect((await probe(ffmpeg, pathOf(key))).times.length).toBeGreaterThan(size / 1e6);
  }
  await eventually(() => expect(tracks.map(isBeingRecorded)).toEqual([false, false]), { timeoutMs: 20_000 });
});
