/**
 * `npm run verify:production [-- --built] [-- --images FOLDER]`: installs every kind of image into a clean folder by the Dockerfile's own
 * commands, starts each service of `docker-compose.prod.yml` from there with that file's environment, as a user who may
 * not write to it, and runs the demo against them. Needs root, to become that user. `--built` takes `dist` as it is,
 * `--images` keeps what is installed in a folder for the next run.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { type Closable, closeInReverse } from '@terakoya/common/lifecycle';
import { requireTool, runCommand } from '@terakoya/common/system-tools';

import { requireMediasoupWorker } from '../../media/src/worker/require-worker';
import { ROOT } from '../../scripts/start/services';
import { startBacking } from './backing';
import { Container } from './container';
import { layOut, seconds } from './layout';
import { Plan } from './plan';
import { demonstrate, probed } from './prove';

const TEACHER = { email: 'teacher@production.test', password: 'a-teacher-of-production-7f3e' };
const { values: options } = parseArgs({
  options: { built: { type: 'boolean', default: false }, images: { type: 'string' } },
});
const report = (line: string): void => console.error(`  ${line}`);

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) {
    console.error(
      'verify:production is skipped: it needs root, to start services as a user who may not write to them.',
    );
    return tell({}, { skipped: 'not root' });
  }
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-production-'));
  chmodSync(folder, 0o755);
  const opened: Closable[] = [{ close: async () => rmSync(folder, { recursive: true, force: true }) }];
  try {
    await verify(folder, (resource) => void opened.push(resource));
  } finally {
    await closeInReverse(opened);
  }
}

async function verify(folder: string, opened: (resource: Closable) => void): Promise<void> {
  const began = performance.now();
  if (!options.built) {
    report('building …');
    await runCommand('npm', ['run', '--silent', 'build'], { cwd: ROOT, timeoutMs: 900_000 });
    report(`built (${seconds(began)})`);
  }
  const { folders, moduleMegabytes } = await layOut(resolve(options.images ?? join(folder, 'images')), report);
  const plan = await Plan.make({
    backing: await startBacking(folder, opened, report),
    folders,
    programs: await copyPrograms(join(folder, 'bin')),
    scratch: writable(join(folder, 'tmp')),
    logs: writable(join(folder, 'logs')),
  });
  await runJobs(plan);
  const ready = performance.now();
  const containers = await startAll(plan, opened);
  const readySeconds = (performance.now() - ready) / 1_000;
  report(`${containers.length} services are ready (${readySeconds.toFixed(1)} s)`);
  const demo = await demonstrate(`${plan.urlOf('gateway')}/graphql`, TEACHER.email, TEACHER.password);
  report(`the demo passes: ${demo.pages} pages, ${demo.pagesWithText} of them read, ${demo.hits} found`);
  await probed(`${plan.urlOf('probe')}/metrics`);
  report('the probe has signed in, imported, read and joined a meeting');
  await Promise.all(containers.map((container) => container.close()));
  const unclean = containers
    .filter((container) => !endedCleanly(container))
    .map(({ name, exitCode }) => `${name}: ${exitCode}`);
  report(unclean.length === 0 ? 'all ended cleanly' : `ended with a failure: ${unclean.join(', ')}`);
  const figures = {
    services: containers.length,
    ready_seconds: Math.round(readySeconds * 10) / 10,
    pages: demo.pages,
    pages_with_text: demo.pagesWithText,
    hits: demo.hits,
    unclean_ends: unclean.length,
    seconds: Math.round((performance.now() - began) / 1_000),
  };
  tell(figures, { module_megabytes: moduleMegabytes, unclean });
  if (unclean.length > 0 || demo.pages === 0 || demo.pagesWithText !== demo.pages || demo.hits === 0)
    process.exitCode = 1;
}

/** Next.js says in its exit code that it was a signal. */
function endedCleanly({ name, exitCode }: Container): boolean {
  return exitCode === 0 || (name === 'app' && exitCode === 128 + constants.signals.SIGTERM);
}

/** What has to be done before the services start, by the jobs' own image. */
async function runJobs(plan: Plan): Promise<void> {
  const account = {
    ACCOUNT_EMAIL: TEACHER.email,
    ACCOUNT_PASSWORD: TEACHER.password,
    ACCOUNT_ROLE: 'TEACHER',
  };
  for (const [name, more] of [
    ['migrate', {}] as const,
    ['account', account] as const,
    ['probe-account', {}] as const,
  ]) {
    await new Container(plan.spec(name, more)).ends();
    report(`${name} is done`);
  }
}

async function startAll(plan: Plan, opened: (resource: Closable) => void): Promise<Container[]> {
  const containers = plan.services.map((name) => {
    const probing = { PROBE_URL: `${plan.urlOf('gateway')}/graphql`, PROBE_EVERY_SECONDS: '5' };
    const container = new Container(plan.spec(name, name === 'probe' ? probing : {}));
    opened(container);
    return container;
  });
  await Promise.all(
    containers.map((container) =>
      container.answers(`${plan.urlOf(container.name)}${container.name === 'app' ? '/' : '/ready'}`),
    ),
  );
  return containers;
}

/** What images bring besides our own: copies, because this user's may lie where others cannot go. */
async function copyPrograms(folder: string): Promise<{ node: string; mediasoupWorker: string }> {
  await requireTool('ffmpeg', { report });
  mkdirSync(folder, { recursive: true });
  const copy = (from: string, name: string): string => {
    const to = join(folder, name);
    copyFileSync(from, to);
    chmodSync(to, 0o755);
    return to;
  };
  const worker = await requireMediasoupWorker({ report });
  return { node: copy(process.execPath, 'node'), mediasoupWorker: copy(worker, 'mediasoup-worker') };
}

function writable(folder: string): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o1777);
  return folder;
}

function tell(figures: Readonly<Record<string, number>>, details: Readonly<Record<string, unknown>>): void {
  const machine = { cores: availableParallelism(), node: process.version };
  console.log(JSON.stringify({ name: 'verify:production', machine, figures, details }));
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
