import { median, round } from '../statistics';
import type { SfuNode } from './nodes/sfu-node';
import { BenchRoom, type RoomPlan, warmUp } from './room';
import type { Surroundings } from './surroundings';
import { type Turn, nodeCpu, packetsPerCpuSecond, takeTurn } from './turn';

export type Rounds = ReadonlyMap<SfuNode['name'], readonly Turn[]>;

/** What Node.js compiles when it first runs is no cost of a meeting. */
export const WARM_LOOKS = 10;

/** The same room on each node; they take turns. */
export async function takeRounds(
  around: Surroundings,
  nodes: readonly SfuNode[],
  plan: RoomPlan,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  report: (line: string) => void,
): Promise<Rounds> {
  const rooms: BenchRoom[] = [];
  const taken = new Map<SfuNode['name'], Turn[]>();
  try {
    for (const node of nodes) rooms.push(await BenchRoom.open(around, node, plan));
    for (const room of rooms) {
      await warmUp([room]);
      for (let look = 0; look < WARM_LOOKS; look += 1) await room.lookAfter();
    }
    for (let turn = 0; turn < rounds; turn += 1) {
      const order = turn % 2 === 0 ? rooms : rooms.toReversed();
      for (const room of order) {
        const { name } = room.node;
        taken.set(name, [...(taken.get(name) ?? []), await takeTurn(around, room, seconds)]);
      }
      report(`room of ${plan.senders}, round ${turn + 1} of ${rounds}: ${[...taken].map(tell).join('; ')}`);
    }
    return taken;
  } finally {
    for (const room of rooms) await room.close();
  }
}

function tell([name, turns]: readonly [string, readonly Turn[]]): string {
  const turn = turns.at(-1);
  if (!turn) return name;
  const rate = Math.round(packetsPerCpuSecond(turn));
  return `${name} ${rate} packets per CPU second, loss ${round(turn.loss, 6)}, p99 ${turn.through.p99.toFixed(1)} ms`;
}

/** The median over rounds of ours ÷ theirs: turns that followed each other, so that what else the machine does weighs on both. */
export function capacityVsBare(rounds: Rounds): number {
  return round(median(ratiosOf(rounds)));
}

/** The ratio of each round, from the least to the greatest: how far they are apart tells how sure the median is. */
export function ratiosOf(rounds: Rounds): readonly number[] {
  const [ours, bare] = [rounds.get('ours') ?? [], rounds.get('bare') ?? []];
  const ratios = ours.flatMap((turn, index) => {
    const other = bare[index];
    return other ? [round(packetsPerCpuSecond(turn) / packetsPerCpuSecond(other))] : [];
  });
  return ratios.toSorted((one, other) => one - other);
}

/** Of everything that was to come in all rounds, the share that did not. */
export function lossOf(turns: readonly Turn[]): number {
  const total = (read: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + read(turn), 0);
  return round(1 - total(({ received }) => received) / total(({ expected }) => expected), 7);
}

/** Medians over rounds, for people and for `details`. */
export function summarise(turns: readonly Turn[]) {
  const of = (read: (turn: Turn) => number, digits = 3) => round(median(turns.map(read)), digits);
  const total = (read: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + read(turn), 0);
  return {
    packets_per_second: of(({ received, seconds }) => received / seconds, 0),
    packets_per_cpu_second: of(packetsPerCpuSecond, 0),
    cpu: of(nodeCpu),
    worker_cpu: of(({ cpuMs, seconds }) => cpuMs.worker / 1_000 / seconds),
    node_cpu: of(({ cpuMs, seconds }) => cpuMs.node / 1_000 / seconds),
    worker_us_per_packet: of(({ cpuMs, received }) => (cpuMs.worker * 1_000) / received, 2),
    worker_waited_for_its_core: of(({ waitedMs, seconds }) => waitedMs / 1_000 / seconds),
    loss: lossOf(turns),
    lost_by_sequence: total(({ lostBySequence }) => lostBySequence),
    dropped_at_sockets_of_node: total(({ dropped }) => dropped.node),
    dropped_at_sockets_of_receivers: total(({ dropped }) => dropped.receivers),
    p50_ms: of(({ through }) => through.p50, 2),
    p99_ms: of(({ through }) => through.p99, 2),
    least_p99_ms: round(Math.min(...turns.map(({ through }) => through.p99)), 2),
    direct_p99_ms: of(({ direct }) => direct.p99, 2),
    senders_cpu: of(({ generatorCpu }) => generatorCpu.senders),
    receivers_cpu: of(({ generatorCpu }) => generatorCpu.receivers),
    senders_latest_ms: round(Math.max(...turns.map(({ latestMs }) => latestMs)), 1),
    rounds: turns.map((turn) => Math.round(packetsPerCpuSecond(turn))),
    waited_in_rounds: turns.map(({ waitedMs, seconds }) => round(waitedMs / 1_000 / seconds, 2)),
  };
}
