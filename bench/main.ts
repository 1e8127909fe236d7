/** `npm run bench -- NAME [--smoke]`: prints progress for people and, last, one line of JSON. */
import { availableParallelism } from 'node:os';

import { benchGuards } from './guards/guards';
import { benchImport } from './import';
import { benchStart } from './start';

export interface BenchResult {
  /** By id; ratios are ours ÷ peer. A figure that could not be measured is left out. */
  readonly figures: Readonly<Record<string, number>>;
  readonly details: Readonly<Record<string, unknown>>;
}

type Bench = (options: { readonly isSmoke: boolean; readonly report: (line: string) => void }) => Promise<BenchResult>;

const BENCHES: Readonly<Record<string, Bench>> = { guards: benchGuards, import: benchImport, start: benchStart };

async function main(): Promise<void> {
  const [name = '', ...flags] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (!bench) throw new Error(`There is no bench "${name}": choose one of ${Object.keys(BENCHES).join(', ')}.`);
  const report = (line: string): void => console.error(line);
  const { figures, details } = await bench({ isSmoke: flags.includes('--smoke'), report });
  const machine = { cores: availableParallelism(), node: process.version };
  console.log(JSON.stringify({ name, machine, figures, details }));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
