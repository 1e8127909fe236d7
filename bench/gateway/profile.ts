import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { startGateway } from './contestants/contestants';
import type { Cores } from './cores';
import { OPERATIONS } from './graph/operations';
import { CLIENTS, type GatewayBenchOptions } from './options';
import { runRound } from './rounds';
import type { Surroundings } from './with-graph';

const ROOT = join(__dirname, '..', '..');
const MOST_FUNCTIONS = 25;

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds between samples. */
  readonly timeDeltas: readonly number[];
}

/** Runs ours alone under one operation with `--cpu-prof`; tells where the profile is and where most time went. */
export async function profileOurs(
  around: Surroundings,
  cores: Cores | null,
  { profile, seconds }: GatewayBenchOptions,
  report: (line: string) => void,
): Promise<{ readonly requestsPerSecond: number; readonly file: string }> {
  const folder = createProfileFolder();
  const nodeFlags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const gateway = await startGateway('ours', { supergraph: around.supergraph, cores: cores?.gateway, nodeFlags });
  const operations = OPERATIONS.filter(({ name }) => name === profile);
  let requestsPerSecond = 0;
  try {
    for (const operation of operations) {
      ({ requestsPerSecond } = await runRound({ ...around, clients: CLIENTS }, gateway, operation, seconds));
    }
  } finally {
    await gateway.process.stop(); // the profile is written when it has drained
  }
  const file = profileIn(folder);
  report(`${profile}: ${requestsPerSecond.toFixed(1)} requests/s while being profiled; the profile: ${file}`);
  for (const line of mostTime(file)) report(line);
  return { requestsPerSecond, file };
}

/** A new folder for the profile of one process. */
export function createProfileFolder(): string {
  const folder = join(ROOT, '.cache', 'profiles', new Date().toISOString().replaceAll(':', '-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The profile that a process has written to its folder; throws when there is none. */
export function profileIn(folder: string): string {
  const [file] = globSync(join(folder, '*.cpuprofile'));
  if (!file) throw new Error(`No profile was written to ${folder}.`);
  return file;
}

/** The functions that ran longest themselves, the share of the whole time first. */
export function mostTime(file: string): readonly string[] {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile; // as V8 writes it
  const names = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const name = names.get(id) ?? '?';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  });
  const whole = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_FUNCTIONS)
    .map(([name, time]) => `  ${((time / whole) * 100).toFixed(1).padStart(5)} %  ${name}`);
}

function placeOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const file = url.startsWith('file://') ? url.slice('file://'.length) : url;
  return `${name} ${file.startsWith('/') ? relative(ROOT, file) : file}:${lineNumber + 1}`;
}
