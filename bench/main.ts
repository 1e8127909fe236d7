/** `npm run bench -- NAME [--smoke] [flags of its own]`: prints progress for people and, last, one line of JSON. */
import { availableParallelism } from 'node:os';

import { benchGateway } from './gateway/gateway';
import { benchGuards } from './guards/guards';
import { benchImport } from './import';
import { benchRealtime } from './realtime/realtime';
import { benchSfu } from './sfu/sfu';
import { benchStart } from './start';
import { benchTelemetry } from './telemetry/telemetry';

export interface BenchResult {
  /** By id; ratios are ours ÷ peer. A figure that could not be measured is left out. */
  readonly figures: Readonly<Record<string, number>>;
  readonly details: Readonly<Record<string, unknown>>;
}

type Bench = (options: {
  readonly isSmoke: boolean;
  readonly flags: readonly string[];
  readonly report: (line: string) => void;
}) => Promise<BenchResult>;

const BENCHES: Readonly<Record<string, Bench>> = {
  gateway: benchGateway,
  guards: benchGuards,
  import: benchImport,
  realtime: benchRealtime,
  sfu: benchSfu,
  start: benchStart,
  telemetry: benchTelemetry,
};

async function main(): Promise<void> {
  const [name = '', ...flags] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (!bench) throw new Error(`There is no bench "${name}": choose one of ${Object.keys(BENCHES).join(', ')}.`);
  const report = (line: string): void => console.error(line);
  const machine = { cores: availableParallelism(), node: process.version }; // before a bench leaves cores to others
  const { figures, details } = await bench({ isSmoke: flags.includes('--smoke'), flags, report });
  console.log(JSON.stringify({ name, machine, figures, details }));
}

// What a bench has started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(signal, () => process.exit(130));

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
