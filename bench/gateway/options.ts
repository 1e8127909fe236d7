import { parseArgs } from 'node:util';

import { CONTESTANTS, type Contestant } from './contestants/contestants';
import { OPERATIONS } from './graph/operations';

export interface GatewayBenchOptions {
  readonly contestants: readonly Contestant[];
  /** Times that each gateway has its turn with an operation, after the warm-up. */
  readonly rounds: number;
  /** Seconds of a turn. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** The operation under which ours is profiled; undefined for a measurement. */
  readonly profile: string | undefined;
}

/** Clients that ask at the same time, each over a connection of its own and for a school of its own. */
export const CLIENTS = 50;

/** `--smoke`, `--only=ours,stock`, `--rounds=N`, `--seconds=N`, `--profile` or `--profile=list`. */
export function readGatewayOptions(flags: readonly string[]): GatewayBenchOptions {
  const args = flags.map((flag) => (flag === '--profile' ? '--profile=heavy' : flag));
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const { smoke, profile } = values;
  if (profile !== undefined && !OPERATIONS.some(({ name }) => name === profile)) {
    throw new Error(`--profile is one of ${OPERATIONS.map(({ name }) => name).join(', ')}.`);
  }
  return {
    contestants: profile === undefined ? chosen(values.only) : ['ours'],
    rounds: positive('rounds', values.rounds, smoke ? 1 : 6),
    seconds: positive('seconds', values.seconds, smoke ? 1 : profile ? 20 : 4),
    warmUpSeconds: smoke ? 1 : 3,
    profile,
  };
}

function chosen(only: string | undefined): readonly Contestant[] {
  if (only === undefined) return CONTESTANTS;
  const names = only.split(',');
  const unknown = names.find((name) => !CONTESTANTS.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--only has "${unknown}": the gateways are ${CONTESTANTS.join(', ')}.`);
  return CONTESTANTS.filter((name) => names.includes(name));
}

function positive(name: string, text: string | undefined, value: number): number {
  const given = text === undefined ? value : Number(text);
  if (given > 0) return given;
  throw new Error(`--${name} must be a number above 0.`);
}
