import { median, round } from '../statistics';
import type { BenchResult } from '../main';
import { type SfuNode } from './nodes/sfu-node';
import { startOurNode } from './nodes/our-node';
import type { SfuOptions } from './options';
import { BenchRoom, type RoomPlan, warmUp } from './room';
import { WARM_LOOKS, lossOf, summarise } from './rounds';
import type { Surroundings } from './surroundings';
import { type Turn, packetsPerCpuSecond, takeTurns } from './turn';

/** All rooms together have about the packets of one room of so many. */
const PARTICIPANTS = 20;

/**
 * Several media nodes as processes of one machine, each with a room of its own, against one of them alone with its room:
 * whether they disturb each other. With fewer cores than nodes they share.
 */
export async function benchSeveralNodes(
  around: Surroundings,
  options: SfuOptions,
  report: (line: string) => void,
): Promise<BenchResult> {
  const nodes: SfuNode[] = [];
  const rooms: BenchRoom[] = [];
  const plan: RoomPlan = {
    senders: Math.max(2, Math.floor(PARTICIPANTS / Math.sqrt(options.nodes))),
    isMutual: true,
    cryptoSuite: options.cryptoSuite,
  };
  try {
    for (let index = 0; index < options.nodes; index += 1) {
      const node = await startOurNode({ ...around, cores: around.cores?.nodes[index] });
      nodes.push(node);
      rooms.push(await BenchRoom.open(around, node, plan));
    }
    for (const room of rooms) for (let look = 0; look < WARM_LOOKS; look += 1) await room.lookAfter();
    await warmUp(rooms);
    const taken: { readonly alone: Turn; readonly together: readonly Turn[] }[] = [];
    for (let turn = 0; turn < options.rounds; turn += 1) {
      const [alone] = await takeTurns(around, rooms.slice(0, 1), options.seconds);
      const together = await takeTurns(around, rooms, options.seconds);
      if (alone) taken.push({ alone, together });
      report(
        `${rooms.length} rooms of ${plan.senders}, round ${turn + 1} of ${options.rounds}: loss ${lossOf(together)}`,
      );
    }
    return resultOf(around, options, plan, rooms, taken);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
}

function resultOf(
  { cores }: Surroundings,
  options: SfuOptions,
  plan: RoomPlan,
  rooms: readonly BenchRoom[],
  taken: readonly { readonly alone: Turn; readonly together: readonly Turn[] }[],
): BenchResult {
  const together = taken.flatMap((each) => each.together);
  const ratios = taken.map((each) => median(each.together.map(packetsPerCpuSecond)) / packetsPerCpuSecond(each.alone));
  return {
    figures: {
      several_vs_alone: round(median(ratios)),
      several_loss: lossOf(together),
      several_forward_p99_ms: round(median(together.map(({ through }) => through.p99)), 2),
    },
    details: {
      nodes: options.nodes,
      cores: cores?.nodes ?? null,
      room: `${plan.senders} × ${plan.senders}`,
      consumers: rooms.reduce((sum, room) => sum + room.consumers, 0),
      srtp: options.cryptoSuite,
      rounds: options.rounds,
      seconds_per_turn: options.seconds,
      alone: summarise(taken.map(({ alone }) => alone)),
      together_each: summarise(together),
    },
  };
}
