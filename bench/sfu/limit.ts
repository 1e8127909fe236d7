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
/** A step that fails is tried again: what else the machine does may have been the reason. */
const TRIES = 2;

export interface Step {
  /** Viewers, or rooms. */
  readonly size: number;
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

type Report = (line: string) => void;

/** One sender and ever more viewers. */
export async function searchViewers(
  around: Surroundings,
  node: SfuNode,
  plan: SearchPlan,
  cryptoSuite: RoomPlan['cryptoSuite'],
  report: Report,
): Promise<Limit> {
  const room = await BenchRoom.open(around, node, { senders: 1, isMutual: false, cryptoSuite });
  const sizes: number[] = [];
  for (let size = plan.firstViewers; size <= plan.mostViewers; size = Math.ceil(size * plan.factor)) sizes.push(size);
  let viewers = 0;
  try {
    return await search(sizes, async (size) => {
      await room.addViewers(size - viewers);
      viewers = size;
      return measure(around, [room], size, plan.seconds, (line) => report(`${node.name}, 1 × ${size}: ${line}`));
    });
  } finally {
    await room.close();
  }
}

/** Ever more rooms in which everybody sends to everybody. */
export async function searchRooms(
  around: Surroundings,
  node: SfuNode,
  plan: SearchPlan,
  roomPlan: RoomPlan,
  report: Report,
): Promise<Limit> {
  const rooms: BenchRoom[] = [];
  const sizes = Array.from({ length: plan.mostRooms }, (_none, index) => index + 1);
  try {
    return await search(sizes, async (size) => {
      while (rooms.length < size) rooms.push(await BenchRoom.open(around, node, roomPlan));
      const name = `${node.name}, ${size} × (${roomPlan.senders} × ${roomPlan.senders})`;
      return measure(around, rooms, size, plan.seconds, (line) => report(`${name}: ${line}`));
    });
  } finally {
    for (const room of rooms) await room.close();
  }
}

async function search(sizes: readonly number[], take: (size: number) => Promise<Step>): Promise<Limit> {
  const steps: Step[] = [];
  let held: Step | null = null;
  for (const size of sizes) {
    let step = await take(size);
    steps.push(step);
    for (let tried = 1; step.failed && tried < TRIES; tried += 1) steps.push((step = await take(size)));
    if (step.failed) return { held, limited_by: step.failed, steps };
    held = step;
  }
  return { held, limited_by: null, steps };
}

async function measure(
  around: Surroundings,
  rooms: readonly BenchRoom[],
  size: number,
  seconds: number,
  report: Report,
): Promise<Step> {
  await warmUp(rooms);
  const consumers = rooms.reduce((sum, room) => sum + room.consumers, 0);
  const step = stepOf(size, consumers, await takeTurns(around, rooms, seconds));
  report(
    `${step.packets_per_second} packets/s, CPU ${step.cpu}, p99 ${step.p99_ms} ms, loss ${step.loss}` +
      (step.failed ? `: too much (${step.failed})` : ''),
  );
  return step;
}

function stepOf(size: number, consumers: number, turns: readonly Turn[]): Step {
  const [first] = turns;
  if (!first) throw new Error('there was no turn');
  const [received, expected] = [sum(turns, (turn) => turn.received), sum(turns, (turn) => turn.expected)];
  const loss = 1 - received / expected;
  const cpu = nodeCpu(first); // of the node, whatever the number of its rooms
  const p99 = Math.max(...turns.map(({ through }) => through.p99));
  const { senders, receivers } = first.generatorCpu;
  const isGeneratorFull = senders + receivers >= MOST_CPU;
  const reason = cpu >= MOST_CPU ? 'cpu' : loss > MOST_LOSS ? 'loss' : p99 > MOST_P99_MS ? 'delay' : null;
  return {
    size,
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

function sum(turns: readonly Turn[], read: (turn: Turn) => number): number {
  return turns.reduce((total, turn) => total + read(turn), 0);
}
