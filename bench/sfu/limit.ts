import { round } from '../statistics';
import type { SfuNode } from './nodes/sfu-node';
import type { SearchPlan } from './options';
import { BenchRoom, type RoomPlan, warmUp } from './room';
import type { Surroundings } from './surroundings';
import { type Turn, nodeCpu, takeTurns } from './turn';

/** Beyond one of these a node is too full. */
const MOST_LOSS = 0.001;
const MOST_CPU = 0.95;
const MOST_P99_MS = 50;
/** Participants of the rooms that fill a node up when one more whole room is too much. */
const SMALL_ROOM = 10;

export interface Step {
  readonly topology: string;
  readonly consumers: number;
  readonly packets_per_second: number;
  readonly loss: number;
  readonly cpu: number;
  readonly p99_ms: number;
  /** Share of the time in which the worker waited for its core, because something else had it. */
  readonly waited: number;
  readonly receivers_cpu: number;
  readonly senders_cpu: number;
  /** Why it was too much; null when it held. */
  readonly failed: 'loss' | 'cpu' | 'delay' | 'generator' | null;
}

export interface Limit {
  /** The most that held; null when nothing did. */
  readonly held: Step | null;
  /** What failed beyond it; null when the search ended before anything did. */
  readonly limited_by: Step['failed'];
  readonly steps: readonly Step[];
}

export interface Searched {
  readonly around: Surroundings;
  readonly node: SfuNode;
  readonly plan: SearchPlan;
  readonly cryptoSuite: RoomPlan['cryptoSuite'];
  readonly report: (line: string) => void;
}

/** One sender and ever more viewers. */
export async function searchViewers(searched: Searched): Promise<Limit> {
  const { around, node, plan, cryptoSuite } = searched;
  const room = await BenchRoom.open(around, node, { senders: 1, isMutual: false, cryptoSuite });
  const sizes: number[] = [];
  for (let size = plan.firstViewers; size <= plan.mostViewers; size = Math.ceil(size * plan.factor)) sizes.push(size);
  let viewers = 0;
  const steps = sizes.map((size) => async () => {
    await room.addViewers(size - viewers);
    viewers = size;
    return { topology: `1 × ${size}`, rooms: [room] };
  });
  try {
    return await search(searched, steps);
  } finally {
    await room.close();
  }
}

/** Ever more rooms in which everybody sends to everybody; at last smaller ones, as long as they find room. */
export async function searchRooms(searched: Searched, participants: number): Promise<Limit> {
  const { around, node, plan, cryptoSuite } = searched;
  const rooms: BenchRoom[] = [];
  const oneMore = (senders: number) => async () => {
    rooms.push(await BenchRoom.open(around, node, { senders, isMutual: true, cryptoSuite }));
    return { topology: topologyOf(rooms), rooms };
  };
  try {
    const whole = await search(searched, Array<Grow>(plan.mostRooms).fill(oneMore(participants)));
    if (whole.limited_by === null || plan.mostSmallRooms === 0) return whole;
    await rooms.pop()?.close();
    const small = await search(searched, Array<Grow>(plan.mostSmallRooms).fill(oneMore(SMALL_ROOM)));
    return { ...small, held: small.held ?? whole.held, steps: [...whole.steps, ...small.steps] };
  } finally {
    for (const room of rooms) await room.close();
  }
}

function topologyOf(rooms: readonly BenchRoom[]): string {
  const counts = new Map<number, number>();
  for (const { senders } of rooms) counts.set(senders, (counts.get(senders) ?? 0) + 1);
  return [...counts].map(([senders, count]) => `${count} × (${senders} × ${senders})`).join(' + ');
}

/** Makes the load one step more. */
type Grow = () => Promise<{ readonly topology: string; readonly rooms: readonly BenchRoom[] }>;

async function search(searched: Searched, growing: readonly Grow[]): Promise<Limit> {
  const steps: Step[] = [];
  let held: Step | null = null;
  for (const grow of growing) {
    const { topology, rooms } = await grow();
    let step: Step | undefined;
    for (let tried = 0; tried < searched.plan.tries && step?.failed !== null; tried += 1) {
      step = await measure(searched, topology, rooms);
      steps.push(step);
    }
    if (!step || step.failed) return { held, limited_by: step?.failed ?? null, steps };
    held = step;
  }
  return { held, limited_by: null, steps };
}

async function measure(
  { around, node, plan, report }: Searched,
  topology: string,
  rooms: readonly BenchRoom[],
): Promise<Step> {
  await warmUp(rooms);
  const consumers = rooms.reduce((sum, room) => sum + room.consumers, 0);
  const step = stepOf(topology, consumers, await takeTurns(around, rooms, plan.seconds));
  report(
    `${node.name}, ${topology}: ${step.packets_per_second} packets/s, CPU ${step.cpu}, p99 ${step.p99_ms} ms, ` +
      `loss ${step.loss}${step.failed ? `: too much (${step.failed})` : ''}`,
  );
  return step;
}

function stepOf(topology: string, consumers: number, turns: readonly Turn[]): Step {
  const [first] = turns;
  if (!first) throw new Error('there was no turn');
  const total = (read: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + read(turn), 0);
  const received = total((turn) => turn.received);
  const loss = 1 - received / total((turn) => turn.expected);
  const cpu = nodeCpu(first); // of the node, whatever the number of its rooms
  const p99 = Math.max(...turns.map(({ through }) => through.p99));
  const { senders, receivers } = first.generatorCpu;
  const isGeneratorFull = senders + receivers >= MOST_CPU;
  const reason = cpu >= MOST_CPU ? 'cpu' : loss > MOST_LOSS ? 'loss' : p99 > MOST_P99_MS ? 'delay' : null;
  return {
    topology,
    consumers,
    packets_per_second: round(received / first.seconds, 0),
    loss: round(loss, 6),
    cpu: round(cpu),
    p99_ms: round(p99, 1),
    waited: round(first.waitedMs / 1_000 / first.seconds),
    receivers_cpu: round(receivers),
    senders_cpu: round(senders),
    failed: isGeneratorFull && reason !== 'cpu' ? 'generator' : reason,
  };
}
