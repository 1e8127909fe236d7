import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';

import type { BenchResult } from '../main';
import { median, round } from '../statistics';
import { type SfuCores, findSfuCores } from './cores';
import { type Limit, searchRooms, searchViewers } from './limit';
import { startBareNode } from './nodes/bare-node';
import { startOurNode } from './nodes/our-node';
import type { SfuNode } from './nodes/sfu-node';
import { type SfuOptions, readSfuOptions } from './options';
import { prioritise } from './priority';
import type { RoomPlan } from './room';
import { type Rounds, capacityVsBare, lossOf, ratiosOf, summarise, takeRounds } from './rounds';
import { benchSeveralNodes } from './several-nodes';
import { type Surroundings, withSurroundings } from './surroundings';

type Report = (line: string) => void;

const ROOM = 20;

/**
 * A media node with one worker against bare mediasoup: synthetic participants send and receive RTP over plain transports,
 * node and worker on one core, participants on the others.
 *
 * `capacity_vs_bare` is the ratio of packets handed on per second of CPU (worker and Node.js process together) in a room
 * of 20 × 20, not that of two limits: a limit is found in steps and depends on what else a machine does at that moment,
 * CPU per packet hardly. The limits that were found are in `details`. See docs/capacity.md.
 */
export async function benchSfu({
  flags,
  report,
}: {
  readonly flags: readonly string[];
  readonly report: Report;
}): Promise<BenchResult> {
  const options = readSfuOptions(flags);
  const cores = findSfuCores(options.nodes);
  if (cores) stepAside(cores);
  else report('nothing can be pinned here (one core, or no taskset): nodes and participants share the cores');
  if (options.priority !== null) prioritise(options.priority, report);
  return withSurroundings(cores, report, (around) =>
    options.nodes > 1 ? benchSeveralNodes(around, options, report) : benchOneNode(around, options, report),
  );
}

/** Leaves the core of the nodes to them. */
function stepAside({ others }: SfuCores): void {
  spawnSync('taskset', ['-a', '-c', '-p', others, String(process.pid)], { stdio: 'ignore' });
}

async function benchOneNode(around: Surroundings, options: SfuOptions, report: Report): Promise<BenchResult> {
  const before = loadavg();
  const cores = around.cores?.nodes[0];
  const nodes: SfuNode[] = [];
  try {
    nodes.push(await startOurNode({ ...around, cores }), await startBareNode({ ...around, cores }));
    const plan: RoomPlan = { senders: ROOM, isMutual: true, cryptoSuite: options.cryptoSuite };
    const rounds = await takeRounds(around, nodes, plan, options, report);
    const searched = { around, plan: options.search, cryptoSuite: options.cryptoSuite, report };
    const viewers: Partial<Record<SfuNode['name'], Limit>> = {};
    for (const node of nodes) {
      viewers[node.name] = await searchViewers({ ...searched, node });
    }
    const [ours] = nodes;
    const rooms = ours ? await searchRooms({ ...searched, node: ours }, ROOM) : undefined;
    return {
      figures: figuresOf(rounds, rooms),
      details: {
        srtp: options.cryptoSuite,
        rounds: options.rounds,
        seconds_per_turn: options.seconds,
        priority: options.priority,
        load_average: { before: rounded(before), after: rounded(loadavg()) },
        capacity_vs_bare_of_rounds: ratiosOf(rounds),
        room20: Object.fromEntries([...rounds].map(([name, turns]) => [name, summarise(turns)])),
        viewers,
        rooms,
      },
    };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
}

function figuresOf(rounds: Rounds, rooms: Limit | undefined): Record<string, number> {
  const ours = rounds.get('ours') ?? [];
  return {
    capacity_vs_bare: capacityVsBare(rounds),
    ...(rooms?.held ? { consumers_per_core: rooms.held.consumers } : {}),
    room20_loss: lossOf(ours),
    forward_p99_ms: round(median(ours.map(({ through }) => through.p99)), 2),
  };
}

function rounded(load: readonly number[]): number[] {
  return load.map((value) => round(value, 1));
}
