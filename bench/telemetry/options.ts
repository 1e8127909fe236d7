import { parseArgs } from 'node:util';

/** How the processes trace: not at all, as they do by default, or every request. */
export const MODES = ['off', 'default', 'full'] as const;
export type Mode = (typeof MODES)[number];

export interface TelemetryBenchOptions {
  /** Times that the processes of all modes are started: what a JIT compiler makes of the same code differs from start to start. */
  readonly starts: number;
  /** Times that each mode has its turn after a start, after the warm-up. */
  readonly rounds: number;
  /** Seconds of a turn. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** The mode whose gateway is profiled; undefined for a measurement. */
  readonly profile: Mode | undefined;
}

/** `--smoke`, `--starts=N`, `--rounds=N`, `--seconds=N`, `--profile=off|default|full`. */
export function readTelemetryOptions(flags: readonly string[]): TelemetryBenchOptions {
  const { values } = parseArgs({
    args: [...flags],
    options: {
      smoke: { type: 'boolean', default: false },
      starts: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const { smoke, profile } = values;
  const mode = MODES.find((each) => each === profile);
  if (profile !== undefined && !mode) throw new Error(`--profile is one of ${MODES.join(', ')}.`);
  return {
    starts: positive('starts', values.starts, smoke ? 1 : 8),
    rounds: positive('rounds', values.rounds, smoke ? 1 : 4),
    seconds: positive('seconds', values.seconds, smoke ? 1 : mode ? 15 : 2),
    warmUpSeconds: smoke ? 1 : 6,
    profile: mode,
  };
}

function positive(name: string, text: string | undefined, value: number): number {
  const given = text === undefined ? value : Number(text);
  if (given > 0) return given;
  throw new Error(`--${name} must be a number above 0.`);
}
