import { availableParallelism } from 'node:os';

import { findCores } from '../gateway/cores';

/** Which cores each node and everything else run on, as `taskset` takes them. */
export interface SfuCores {
  readonly nodes: readonly string[];
  readonly others: string;
}

/** A core for each node as long as one is left for the others, then they share; null where nothing can be pinned. */
export function findSfuCores(nodes: number): SfuCores | null {
  return findCores() && spreadOver(availableParallelism(), nodes);
}

export function spreadOver(cores: number, nodes: number): SfuCores {
  const own = Math.min(nodes, cores - 1);
  const last = cores - own - 1;
  return {
    nodes: Array.from({ length: nodes }, (_none, index) => String(cores - 1 - (index % own))),
    others: last === 0 ? '0' : `0-${last}`,
  };
}
