import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { build } from 'esbuild';
import { type BrowserContext, type Page, chromium } from 'playwright-core';

import { CHROMIUM_FLAGS, eventually, findTestTool, temporaryFolder } from '@terakoya/common/testkit';

import { type OpenedMedia, newPeer, newRoom, openMedia } from '../open-media';

jest.setTimeout(60_000);

/** A fake camera and microphone that nobody has to allow. */
const FLAGS = [
  ...CHROMIUM_FLAGS,
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];
const folder = temporaryFolder();
const html = createServer((_request, response) => response.end('<!doctype html><title>participant</title>'));
let media: OpenedMedia;
let context: BrowserContext | undefined;
let script = '';

beforeAll(async () => {
  const browser = await findTestTool('chromium');
  media = await openMedia({ MEDIA_PEER_SILENCE_SECONDS: '1' });
  await new Promise<void>((resolve) => html.listen(0, '127.0.0.1', resolve));
  const bundle = await build({
    entryPoints: [join(__dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  script = bundle.outputFiles[0]?.text ?? '';
  if (browser) {
    const voice = join(folder.path, 'voice.wav');
    writeFileSync(voice, tone(5));
    const args = [...FLAGS, `--use-file-for-fake-audio-capture=${voice}`];
    const options = { executablePath: browser.command, args, env: { ...process.env, ...browser.env } };
    context = await chromium.launchPersistentContext(join(folder.path, 'profile'), options);
  }
}, 1_800_000); // where the worker has to be built first
afterAll(async () => {
  await context?.close();
  await media.close();
  html.closeAllConnections();
  await new Promise((resolve) => html.close(resolve));
  folder.remove();
});

/** So many seconds of a tone of 440 Hz as WAV: 16 bits, mono. The fake microphone's own beeps are too short for a voice. */
function tone(seconds: number): Buffer {
  const rate = 48_000;
  const samples = Buffer.alloc(rate * seconds * 2);
  for (let index = 0; index < rate * seconds; index += 1) {
    samples.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * 440 * index) / rate)), index * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

interface Entered {
  readonly page: Page;
  readonly peer: ReturnType<typeof newPeer>;
  readonly ids: object;
}

async function enter(room: ReturnType<typeof newRoom>): Promise<Entered> {
  const page = await (context as BrowserContext).newPage(); // the test is skipped without one
  await page.exposeFunction('askNode', async (name: string, request: object) => {
    const { status, body } = await media.post(name, JSON.stringify(request));
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  });
  await page.goto(`http://127.0.0.1:${(html.address() as AddressInfo).port}`); // a TCP server's
  await page.evaluate(script);
  const peer = newPeer();
  const ids = { room, peer };
  await page.evaluate(`enter(${JSON.stringify(ids)})`);
  return { page, peer, ids };
}

interface Heard {
  readonly frames: number;
  readonly width: number;
  readonly audioEnergy: number;
}
const publish = ({ page }: Entered) => page.evaluate<string[]>('participant.publish()');
const consume = ({ page }: Entered, producerIds: readonly string[]) =>
  page.evaluate<string[]>(`participant.consume(${JSON.stringify(producerIds)})`);
const heard = ({ page }: Entered) => page.evaluate<Heard>('participant.heard()');

test('two browsers really decode each other over DTLS and SRTP, and get the layer they ask for', async () => {
  if (!context) return;
  const room = newRoom();
  const [one, other] = [await enter(room), await enter(room)];
  const [ofOne, ofOther] = [await publish(one), await publish(other)];
  const [, picture] = await consume(one, ofOther);
  await consume(other, ofOne);
  for (const who of [one, other]) {
    await eventually(
      async () => {
        const { frames, audioEnergy } = await heard(who);
        expect(frames).toBeGreaterThan(20);
        expect(audioEnergy).toBeGreaterThan(0);
      },
      { timeoutMs: 20_000 },
    );
  }

  const layer = { ...one.ids, consumerId: picture, spatialLayer: 0, temporalLayer: null };
  expect((await media.post('set-preferred-layers', JSON.stringify(layer))).status).toBe(200);
  await eventually(async () => expect((await heard(one)).width).toBe(160), { timeoutMs: 20_000 });
  await eventually(async () =>
    expect(await media.events()).toContainEqual(expect.objectContaining({ name: 'media.speaker.changed' })),
  );
});

test('a participant restarts ICE and goes on hearing and seeing; one who vanishes is given up', async () => {
  if (!context) return;
  const room = newRoom();
  const [one, other] = [await enter(room), await enter(room)];
  await consume(one, await publish(other));
  const advances = async () => {
    const { frames } = await heard(one);
    await eventually(async () => expect((await heard(one)).frames).toBeGreaterThan(frames + 20), { timeoutMs: 20_000 });
  };
  await advances();
  for (const who of [one, other]) await who.page.evaluate('participant.restartIce()');
  await advances();

  await other.page.close();
  const lost = { name: 'media.peer.lost', payload: expect.objectContaining({ room, peer: other.peer }) };
  await eventually(async () => expect(await media.events()).toContainEqual(expect.objectContaining(lost)), {
    timeoutMs: 15_000,
  });
});
