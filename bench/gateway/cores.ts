import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which cores gateways and everything else run on, as `taskset` takes them; null where nothing can be pinned. */
export interface Cores {
  readonly gateway: string;
  readonly others: string;
}

/** One core for the gateway that is measured, the rest for load and subgraphs. */
export function findCores(): Cores | null {
  const cores = availableParallelism();
  const canPin = spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
  if (cores < 2 || !canPin) return null;
  return { gateway: String(cores - 1), others: `0-${cores - 2}` };
}
