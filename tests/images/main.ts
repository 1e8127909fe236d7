/**
 * `npm run verify:images`: builds every image from BASE_IMAGE, brings `docker-compose.prod.yml` up, runs the demo against the
 * edge, kills each container once, runs the demo again, and brings everything down. Needs a container engine and the
 * registries that third parties' images are in; without an engine it says so and does nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { messageOf } from '@terakoya/common/errors';
import { runCommand } from '@terakoya/common/system-tools';

import { findCompose } from '../compose/compose-program';
import { KINDS } from '../compose/expected';
import { demonstrate } from '../production/prove';
import { Deployment, FILES, SCHOOL } from './deployment';

const TEACHER = { email: 'teacher@images.test', password: 'a-teacher-of-images-5b1d' };
const report = (line: string): void => console.error(`  ${line}`);

async function main(): Promise<void> {
  const why = await whyNot();
  if (why !== undefined) {
    console.error(`verify:images is skipped: ${why}`);
    return tell({}, { skipped: why });
  }
  const compose = await findCompose(report);
  if (!compose) throw new Error('There is a container engine, but no Compose v2.');
  await lookup(FILES).catch(() => {
    throw new Error(`${FILES} does not resolve here: add "127.0.0.1 ${FILES}" to /etc/hosts.`);
  });
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-images-'));
  const deployment = new Deployment(compose, folder, report);
  try {
    await verify(deployment);
  } finally {
    await deployment.down().catch((error: unknown) => report(`not everything is down: ${messageOf(error)}`));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function whyNot(): Promise<string | undefined> {
  try {
    await runCommand('docker', ['info'], { timeoutMs: 30_000 });
    return undefined;
  } catch (error) {
    return `there is no container engine here (docker info: ${messageOf(error).split('\n').at(-1) ?? ''})`;
  }
}

async function verify(deployment: Deployment): Promise<void> {
  const began = performance.now();
  await deployment.build();
  const sizes = await deployment.sizes(KINDS);
  report(`images: ${KINDS.map((kind) => `${kind} ${sizes[kind] ?? 0} MB`).join(', ')}`);
  const upBegan = performance.now();
  await deployment.up();
  const upSeconds = Math.round((performance.now() - upBegan) / 1_000);
  await deployment.makeAccount({
    ACCOUNT_EMAIL: TEACHER.email,
    ACCOUNT_PASSWORD: TEACHER.password,
    ACCOUNT_ROLE: 'TEACHER',
  });
  const authority = await deployment.authority();
  const demo = () => demonstrate(`https://${SCHOOL}/graphql`, TEACHER.email, TEACHER.password, authority);
  const first = await demo();
  report(`the demo passes at the edge: ${first.pages} pages`);
  const services = await deployment.running();
  for (const service of services) {
    await deployment.kill(service);
    await deployment.up();
    report(`${service} was killed and is healthy again`);
  }
  const second = await demo();
  report('the demo passes again');
  const figures = {
    images: KINDS.length,
    services: services.length,
    up_seconds: upSeconds,
    kills: services.length,
    pages: first.pages,
    pages_after_kills: second.pages,
    seconds: Math.round((performance.now() - began) / 1_000),
  };
  tell(figures, { megabytes: sizes });
  const isWhole = first.pages > 0 && second.pages === first.pages && second.pagesWithText === second.pages;
  if (!isWhole) process.exitCode = 1;
}

function tell(figures: Readonly<Record<string, number>>, details: Readonly<Record<string, unknown>>): void {
  const machine = { cores: availableParallelism(), node: process.version };
  console.log(JSON.stringify({ name: 'verify:images', machine, figures, details }));
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
