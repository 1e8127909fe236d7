import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { composeSupergraph } from '../../scripts/schema/compose';
import { BenchProcess, FROM_SOURCE } from './bench-process';
import type { Cores } from './cores';
import type { SubgraphsReady } from './graph/main';
import { SUBGRAPHS } from './graph/subgraphs';

const START_MS = 60_000;

/** The processes around a gateway, and the file of the supergraph that every gateway serves. */
export interface Surroundings {
  readonly subgraphs: BenchProcess;
  readonly load: BenchProcess;
  readonly supergraph: string;
}

/** Starts the subgraphs and the load generator and composes the supergraph; all is gone when `work` is done. */
export async function withGraph<T>(cores: Cores | null, work: (around: Surroundings) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-bench-gateway-'));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', forget); // also when the bench is interrupted
  const start = (name: string, file: string) =>
    new BenchProcess({ name, args: [...FROM_SOURCE, join(__dirname, file)], cores: cores?.others });
  const subgraphs = start('the subgraphs', 'graph/main.ts');
  const load = start('the load generator', 'load/main.ts');
  try {
    const [{ urls }] = await Promise.all([subgraphs.message<SubgraphsReady>(START_MS), load.message(START_MS)]);
    const supergraph = join(folder, 'supergraph.graphql');
    writeFileSync(
      supergraph,
      composeSupergraph(SUBGRAPHS.map(({ name, sdl }) => ({ name, sdl, url: urls[name] ?? '' }))),
    );
    return await work({ subgraphs, load, supergraph });
  } finally {
    await Promise.all([subgraphs.stop(), load.stop()]);
    process.off('exit', forget);
    forget();
  }
}
