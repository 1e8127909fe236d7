/**
 * `npm run verify:compose [-- --no-build]`: both Compose files and the Dockerfile against the specification and what we expect
 * of them; where there is a container engine every image is built, unless told otherwise.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { messageOf } from '@terakoya/common/errors';
import { runCommand } from '@terakoya/common/system-tools';

import { secretFiles } from '../../scripts/operations/secrets/secret-files';
import { ROOT } from '../../scripts/start/services';
import { composeViolations } from './check-compose';
import { dockerfileViolations } from './check-dockerfile';
import { COMPOSE_FILES, SAMPLE, readCompose } from './compose-file';
import { type ComposeProgram, findCompose } from './compose-program';
import { DOCKERFILE } from './dockerfile';
import { KINDS } from './expected';

const report = (line: string): void => console.error(`  ${line}`);

async function main(): Promise<void> {
  const compose = await findCompose(report);
  const violations = [
    ...COMPOSE_FILES.flatMap((name) => composeViolations(name, DOCKERFILE)),
    ...dockerfileViolations(DOCKERFILE),
    ...(compose ? await refusals(compose) : []),
  ];
  report(
    compose
      ? `Compose itself has read both files: ${compose.join(' ')}`
      : 'there is no Compose v2 here: its own reading is left out',
  );
  if (!process.argv.includes('--no-build')) violations.push(...(await builds()));
  for (const violation of violations) report(violation);
  const services = COMPOSE_FILES.map((name) => Object.keys(readCompose(name, SAMPLE).services).length);
  const machine = { cores: availableParallelism(), node: process.version };
  const figures = { services: Math.max(...services), violations: violations.length };
  const details = {
    files: COMPOSE_FILES,
    services_of_each: services,
    compose: compose?.join(' ') ?? 'none',
    violations,
  };
  console.log(JSON.stringify({ name: 'verify:compose', machine, figures, details }));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

/** Builds every image where there is a container engine. */
async function builds(): Promise<string[]> {
  const hasEngine = await runCommand('docker', ['info'], { timeoutMs: 30_000 }).then(
    () => true,
    () => false,
  );
  if (!hasEngine) report('there is no container engine here: nothing is built');
  const failed: string[] = [];
  for (const kind of hasEngine ? KINDS : []) {
    report(`building ${kind} …`);
    await runCommand('docker', ['build', '--target', kind, ROOT], { timeoutMs: 3_600_000 }).catch((error: unknown) =>
      failed.push(`the image ${kind} cannot be built: ${messageOf(error)}`),
    );
  }
  return failed;
}

/** What Compose itself says, without a profile and with all, and that production is refused where it is told too little. */
async function refusals([command, ...first]: ComposeProgram): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-compose-'));
  mkdirSync(join(folder, 'secrets'));
  for (const [name, value] of Object.entries(secretFiles({}))) writeFileSync(join(folder, 'secrets', name), value);
  const config = async (name: string, variables: Readonly<Record<string, string | undefined>>, profiles: string[]) => {
    const env = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, value ?? '']));
    const args = ['-f', join(ROOT, name), '--env-file', '/dev/null', ...profiles, 'config', '-q'];
    await runCommand(command, [...first, ...args], {
      timeoutMs: 60_000,
      env: { ...env, SECRETS_DIR: join(folder, 'secrets') },
    });
  };
  const said: string[] = [];
  try {
    for (const name of COMPOSE_FILES) {
      for (const profiles of [[], ['--profile', '*']]) {
        await config(name, SAMPLE, profiles).catch((error: unknown) => said.push(`${name}: ${messageOf(error)}`));
      }
    }
    for (const left of Object.keys(SAMPLE)) {
      const isTaken = await config('docker-compose.prod.yml', { ...SAMPLE, [left]: '' }, []).then(
        () => true,
        () => false,
      );
      if (isTaken) said.push(`docker-compose.prod.yml: Compose takes it without ${left}`);
    }
    return said;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
