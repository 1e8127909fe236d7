import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { build } from 'esbuild';
import { type Page, chromium } from 'playwright-core';

import type { MediaRoom, ProducerHome } from '@terakoya/common/contracts';
import { CHROMIUM_FLAGS_FOR_MEDIA, findTestTool, temporaryFolder } from '@terakoya/common/testkit';

import { tone } from '../../../tests/fixtures/tone';
import { type CommandedMedia, newPeer } from '../open-media';

interface Heard {
  readonly frames: number;
  readonly width: number;
  readonly keyFrames: number;
  readonly audioEnergy: number;
}

/** A participant of a room on a node, in a page of a real browser. */
export interface Entered {
  readonly page: Page;
  readonly peer: ReturnType<typeof newPeer>;
  readonly ids: { readonly room: MediaRoom; readonly peer: ReturnType<typeof newPeer> };
  /** Sends camera and microphone; gives the producers' ids, the voice first. */
  publish(): Promise<string[]>;
  /** Consumes and plays; gives the consumers' ids. */
  consume(producerIds: readonly string[], home?: ProducerHome): Promise<string[]>;
  /** What has been decoded so far. */
  heard(): Promise<Heard>;
}

export interface Browsers {
  enter(node: CommandedMedia, room: MediaRoom): Promise<Entered>;
  close(): Promise<void>;
}

/** A browser with a fake camera and microphone; undefined where none can be had. */
export async function openBrowsers(): Promise<Browsers | undefined> {
  const browser = await findTestTool('chromium');
  if (!browser) return undefined;
  const folder = temporaryFolder();
  const html = createServer((_request, response) => response.end('<!doctype html><title>participant</title>'));
  await new Promise<void>((resolve) => html.listen(0, '127.0.0.1', resolve));
  const script = await bundlePage();
  const voice = join(folder.path, 'voice.wav');
  writeFileSync(voice, tone(5));
  const args = [...CHROMIUM_FLAGS_FOR_MEDIA, `--use-file-for-fake-audio-capture=${voice}`];
  const options = { executablePath: browser.command, args, env: { ...process.env, ...browser.env } };
  const context = await chromium.launchPersistentContext(join(folder.path, 'profile'), options);
  return {
    async enter(node, room) {
      const page = await context.newPage();
      await page.exposeFunction('askNode', async (name: string, request: object) => {
        const { status, body } = await node.post(name, JSON.stringify(request));
        if (status !== 200) throw new Error(JSON.stringify(body));
        return body;
      });
      await page.goto(`http://127.0.0.1:${(html.address() as AddressInfo).port}`); // a TCP server's
      await page.evaluate(script);
      const ids = { room, peer: newPeer() };
      await page.evaluate(`enter(${JSON.stringify(ids)})`);
      return { page, peer: ids.peer, ids, ...participantIn(page) };
    },
    async close() {
      await context.close();
      html.closeAllConnections();
      await new Promise((resolve) => html.close(resolve));
      folder.remove();
    },
  };
}

function participantIn(page: Page): Pick<Entered, 'publish' | 'consume' | 'heard'> {
  return {
    publish: () => page.evaluate<string[]>('participant.publish()'),
    consume: (producerIds, home) =>
      page.evaluate<string[]>(`participant.consume(${JSON.stringify(producerIds)}, ${JSON.stringify(home ?? null)})`),
    heard: () => page.evaluate<Heard>('participant.heard()'),
  };
}

async function bundlePage(): Promise<string> {
  const bundle = await build({
    entryPoints: [join(__dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  return bundle.outputFiles[0]?.text ?? '';
}
