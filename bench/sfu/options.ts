import { parseArgs } from 'node:util';

import type { SrtpKey } from './nodes/sfu-node';

export interface SfuOptions {
  /** Media nodes at the same time; one: ours against bare mediasoup. */
  readonly nodes: number;
  /** Times that each node has its turn, after the warm-up. */
  readonly rounds: number;
  /** Seconds of a turn. */
  readonly seconds: number;
  readonly cryptoSuite: SrtpKey['cryptoSuite'] | null;
  readonly search: SearchPlan;
  /** Of the processes of the nodes, as `nice` has it; null: as it is. */
  readonly priority: number | null;
}

/** How the limit is searched. */
export interface SearchPlan {
  readonly firstViewers: number;
  readonly mostViewers: number;
  /** By how much one step is more than the one before. */
  readonly factor: number;
  readonly mostRooms: number;
  /** Smaller rooms that are tried when one more whole room was too much. */
  readonly mostSmallRooms: number;
  readonly seconds: number;
  /** Times that a step is tried until it holds: what else the machine does may have been the reason. */
  readonly tries: number;
}

/** The one that mediasoup likes best of those that browsers offer. */
const SUITE = 'AEAD_AES_256_GCM';
const FULL: SearchPlan = {
  firstViewers: 200,
  mostViewers: 4_000,
  factor: 1.2,
  mostRooms: 10,
  mostSmallRooms: 12,
  seconds: 6,
  tries: 2,
};
const SMOKE: SearchPlan = {
  firstViewers: 80,
  mostViewers: 80,
  factor: 2,
  mostRooms: 1,
  mostSmallRooms: 0,
  seconds: 2,
  tries: 1,
};

/** `--smoke`, `--nodes=N`, `--rounds=N`, `--seconds=N`, `--no-srtp`, `--priority=N`. */
export function readSfuOptions(flags: readonly string[]): SfuOptions {
  const { values } = parseArgs({
    args: [...flags],
    options: {
      smoke: { type: 'boolean', default: false },
      nodes: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'no-srtp': { type: 'boolean', default: false },
      priority: { type: 'string' },
    },
  });
  const { smoke, priority } = values;
  return {
    nodes: positive('nodes', values.nodes, 1),
    rounds: positive('rounds', values.rounds, smoke ? 1 : 24),
    seconds: positive('seconds', values.seconds, smoke ? 3 : 5),
    cryptoSuite: values['no-srtp'] ? null : SUITE,
    search: smoke ? SMOKE : FULL,
    priority: priority === undefined ? null : Number(priority),
  };
}

function positive(name: string, text: string | undefined, value: number): number {
  const given = text === undefined ? value : Number(text);
  if (Number.isInteger(given) && given > 0) return given;
  throw new Error(`--${name} must be a whole number above 0.`);
}
