import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { build } from 'esbuild';
import { type Page, chromium } from 'playwright-core';

import { CHROMIUM_FLAGS_FOR_MEDIA, findTestTool, temporaryFolder } from '../../../common/testkit';
import { tone } from '../../fixtures/tone';
import type { SchoolUnderTest } from '../school-under-test';
import { PageNetwork } from './page-network';

export type Source = 'MICROPHONE' | 'CAMERA' | 'SCREEN';

/** The state of a meeting as one person's page has it. */
export interface Seen {
  readonly phase: { readonly name: string; readonly reason?: string };
  readonly id: string;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly isHandUp: boolean;
    readonly tracks: readonly {
      readonly id: string;
      readonly source: string;
      readonly isPaused: boolean;
      readonly isReceived: boolean;
    }[];
  }[];
  readonly local: Readonly<Record<string, boolean | null>>;
  readonly isRecorded: boolean;
  /** Whether media go directly to the one other. */
  readonly isDirect: boolean;
  /** How well their media get through; null while it is not known. */
  readonly quality: string | null;
  readonly problem: string | null;
  readonly joinRequests: number | null;
}

/** What has been decoded of one track. */
export interface Decoded {
  readonly frames: number;
  readonly width: number;
  readonly energy: number;
}

export interface Account {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
}

/** Somebody in a meeting, in a page of a real browser. */
export class Person {
  constructor(
    readonly name: string,
    readonly page: Page,
    private readonly network?: PageNetwork,
  ) {}

  seen(): Promise<Seen> {
    return this.page.evaluate<Seen>('person.seen()');
  }

  /** The kinds of ICE candidates through which media go. */
  ways(): Promise<string[]> {
    return this.page.evaluate<string[]>('person.ways()');
  }

  /** Calls a method of the meeting session. */
  async does(method: string, ...args: readonly unknown[]): Promise<void> {
    await this.page.evaluate(`person.session.${method}(...${JSON.stringify(args)})`);
  }

  /** Has the browser lose a share of this page's media packets, 0 to 100 %; for those who joined with such a network. */
  async lose(percent: number): Promise<void> {
    if (!this.network) throw new Error(`The network of ${this.name} cannot be made bad.`);
    await this.network.lose(percent);
  }

  /** The id of what somebody sends from a source, as this person sees it. */
  async trackOf(sender: string, source: Source): Promise<string | undefined> {
    const { people } = await this.seen();
    return people.find(({ name }) => name === sender)?.tracks.find((track) => track.source === source)?.id;
  }

  /** What has been decoded of somebody; zeros before anything is received. */
  async decoded(sender: string, source: Source): Promise<Decoded> {
    const trackId = (await this.trackOf(sender, source)) ?? '';
    const all = await this.page.evaluate<Record<string, Decoded>>('person.decoded()');
    return all[trackId] ?? { frames: 0, width: 0, energy: 0 };
  }
}

export interface JoinOptions {
  readonly iceTransportPolicy?: 'all' | 'relay';
  /** Whether their network can be made bad afterwards. */
  readonly isFragile?: boolean;
}

export interface People {
  /** Opens a page for an account and has it join; the page has the address of the web app, which does not run. */
  join(name: string, account: Account, meetingId: string, options?: JoinOptions): Promise<Person>;
  close(): Promise<void>;
}

/** A browser for people of a school; undefined where none can be had. */
export async function openPeople(under: SchoolUnderTest): Promise<People | undefined> {
  const browser = await findTestTool('chromium');
  if (!browser) return undefined;
  const folder = temporaryFolder();
  const voice = join(folder.path, 'voice.wav');
  writeFileSync(voice, tone(5));
  const context = await chromium.launchPersistentContext(join(folder.path, 'profile'), {
    executablePath: browser.command,
    args: [...CHROMIUM_FLAGS_FOR_MEDIA, `--use-file-for-fake-audio-capture=${voice}`],
    env: { ...process.env, ...browser.env },
  });
  const script = await bundlePage();
  const origin = (await under.school.urlOf('app')).replace('127.0.0.1', 'localhost');
  const html = createServer((_request, response) => response.end('<!doctype html><title>meeting</title>'));
  await new Promise<void>((resolve) => html.listen(Number(new URL(origin).port), '127.0.0.1', resolve));
  const url = (await under.graphqlUrl()).replace('127.0.0.1', 'localhost');
  return {
    async join(name, signedIn, meetingId, { iceTransportPolicy = 'all', isFragile = false } = {}) {
      const page = await context.newPage();
      const network = isFragile ? await PageNetwork.of(page) : undefined;
      await page.goto(`${origin}/`);
      await page.evaluate(script);
      await page.evaluate(`enter(${JSON.stringify({ url, signedIn, meetingId, iceTransportPolicy })})`);
      return new Person(name, page, network);
    },
    async close() {
      await context.close();
      html.closeAllConnections();
      await new Promise((resolve) => html.close(resolve));
      folder.remove();
    },
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
