import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, type Locator, type Page, chromium } from 'playwright-core';

import { requireTool } from '../../common/system-tools';
import { CHROMIUM_FLAGS, eventually, freePort, temporaryFolder } from '../../common/testkit';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(180_000);

const WEB = join(__dirname, '..', '..', 'web');
const profile = temporaryFolder();
const build = `.next-test-${process.pid}`;
const tsconfig = `tsconfig.test-${process.pid}.json`;
let under: SchoolUnderTest;
let browser: Browser;
let page: Page;
const asked = new Set<string>();
const problems: string[] = [];

beforeAll(async () => {
  mkdirSync(join(WEB, build), { recursive: true });
  writeFileSync(join(WEB, tsconfig), JSON.stringify({ extends: './tsconfig.json' })); // Next.js writes into the one it is given
  const files = { FILE_STORAGE_PORT: String(await freePort()) }; // the address of a film is made where its port is not known
  under = new SchoolUnderTest({
    without: [],
    environment: { NEXT_DIST_DIR: build, NEXT_TSCONFIG: tsconfig, ...files },
  });
  const [{ command }] = await Promise.all([requireTool('chromium'), under.start()]);
  const context = await chromium.launchPersistentContext(profile.path, {
    executablePath: command,
    args: [...CHROMIUM_FLAGS, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  browser = context.browser() as Browser; // Chromium always has one
  page = await context.newPage();
  page.on('request', (request) => asked.add(new URL(request.url()).hostname));
  page.on('pageerror', (error) => problems.push(error.message));
});
afterAll(async () => {
  await page.context().close();
  await browser?.close();
  await under.close();
  profile.remove();
  for (const left of [build, tsconfig]) rmSync(join(WEB, left), { recursive: true, force: true });
});

const local = async (service: 'app'): Promise<string> =>
  (await under.school.urlOf(service)).replace('127.0.0.1', 'localhost');

test('a wrong password is said, the demo teacher signs in, drops a PDF, sees pages and text appear and reads the summary', async () => {
  await page.goto(await local('app'));
  await page.getByLabel('E-mail').fill('teacher@demo.terakoya.school');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The e-mail address or the password is wrong.').waitFor();
  await page.getByLabel('Password').fill('terakoya-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as Demo Teacher').waitFor();
  await page.getByText('No notebook is open yet.').waitFor();

  await page.setInputFiles('input[type=file]', join(__dirname, '..', 'fixtures', 'lesson.pdf'));
  await page.getByText('6 pages are read.').waitFor({ timeout: 60_000 });
  await page.getByRole('img', { name: 'Page 6' }).waitFor();
  await page.getByText('葉緑体には緑色の色素がふくまれていて').first().waitFor();
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await summary.waitFor({ timeout: 30_000 });
  expect(await summary.getByRole('listitem').count()).toBeGreaterThan(3);
  // the page's types are the browser's, not ours
  const loaded = await page
    .getByRole('img', { name: 'Page 1' })
    .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
  expect(loaded).toBeGreaterThan(100);
});

test('a document that cannot be imported says why', async () => {
  await page.setInputFiles('input[type=file]', join(__dirname, '..', 'fixtures', 'encrypted.pdf'));
  await page.getByText('protected by a password').waitFor({ timeout: 60_000 });
});

test('the teacher starts a meeting, comes in with a camera, raises a hand, records, leaves, and finds the film', async () => {
  await under.school.urlOf('media'); // where the worker has to be built first
  await page.getByLabel('Title of a new meeting').fill('Photosynthesis');
  await page.getByRole('button', { name: 'Start a meeting' }).click();
  await page.getByRole('button', { name: 'Join the meeting' }).click({ timeout: 60_000 }); // the page is compiled first
  await page.getByRole('heading', { name: 'Photosynthesis' }).waitFor({ timeout: 30_000 });
  const own = page.getByRole('list', { name: 'Participants' }).getByRole('listitem');
  await own.getByText('Demo Teacher (you)').waitFor();
  await own.getByLabel('Camera of Demo Teacher').and(page.locator('video:not(.dark)')).waitFor();
  await page.getByRole('button', { name: 'Raise hand' }).click();
  await own.getByText('hand raised').waitFor();
  await page.getByRole('button', { name: 'Microphone' }).click();
  await own.getByText('muted').waitFor();
  await page.getByRole('button', { name: 'Lock the meeting', pressed: false }).click();
  await page.getByRole('button', { name: 'Lock the meeting', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Record', pressed: false }).click();
  await page.getByText('This meeting is being recorded.').waitFor({ timeout: 60_000 }); // where ffmpeg has to be got first
  await hasPlayed(own.locator('video'), 3);
  await page.getByRole('button', { name: 'Record', pressed: true }).click();
  await page.getByText('This meeting is being recorded.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByText('You have left the meeting.').waitFor();
  const film = page.getByRole('region', { name: 'Recordings' }).getByRole('link', { name: /^watch \(0:0\d\)$/ });
  await film.waitFor({ timeout: 120_000 });
  const head = await fetch((await film.getAttribute('href')) ?? '', { headers: { range: 'bytes=0-11' } });
  expect(Buffer.from(await head.arrayBuffer()).toString('latin1')).toContain('ftyp'); // an MP4
}, 1_800_000);

/** Resolves when a video has gone on for so many seconds. */
async function hasPlayed(video: Locator, seconds: number): Promise<void> {
  // the page's types are the browser's, not ours
  const time = (): Promise<number> =>
    video.evaluate((element) => (element as unknown as { currentTime: number }).currentTime);
  const from = await time();
  await eventually(async () => expect((await time()) - from).toBeGreaterThan(seconds), { timeoutMs: 30_000 });
}

test('nothing was asked of another host, and no script failed', () => {
  expect([...asked].filter((host) => host !== 'localhost' && host !== '')).toEqual([]);
  expect(problems).toEqual([]);
});
