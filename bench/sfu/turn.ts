import { setTimeout as delay } from 'node:timers/promises';

import { cpuMsOf, processTree, waitedMsOf } from '../processes';
import type { Received } from './participants/receivers';
import type { ProbeResult } from './probe/main';
import type { BenchRoom } from './room';
import type { Surroundings } from './surroundings';
import { udpDropsOf } from './udp-drops';

/** A room under full load for some seconds, from the first packet to the last. */
export interface Turn extends ProbeResult {
  /** Packets that came to receivers, and those that should have. */
  readonly received: number;
  readonly expected: number;
  /** Share of the expected that did not come. */
  readonly loss: number;
  readonly lostBySequence: number;
  /** Packets that the system threw away at full sockets. */
  readonly dropped: { readonly node: number; readonly receivers: number };
  readonly seconds: number;
  /** CPU in milliseconds: of the node's Node.js process, and of its mediasoup worker. */
  readonly cpuMs: { readonly node: number; readonly worker: number };
  /** How long the worker was ready to run while something else had its core, in milliseconds. */
  readonly waitedMs: number;
  /** Share of a core that the participants used: their senders, and their receivers. */
  readonly generatorCpu: { readonly senders: number; readonly receivers: number };
  /** How much later than due the participants sent at worst, in milliseconds. */
  readonly latestMs: number;
}

/** How often a room is looked after while it runs: in a turn of so long once, in its middle. */
const LOOK_MS = 5_000;
const DRAIN_STEP_MS = 250;
const DRAIN_STEPS = 60;
/** Nothing more comes when nothing has come in so many steps. */
const QUIET_STEPS = 8;
/** The same before a turn, when what came before was waited for already. */
const SETTLED_STEPS = 2;

/** Lets everybody in a room send for some seconds, then counts when all is quiet. */
export async function takeTurn(around: Surroundings, room: BenchRoom, seconds: number): Promise<Turn> {
  const [turn] = await takeTurns(around, [room], seconds);
  if (!turn) throw new Error('there was no turn');
  return turn;
}

/** The same in several rooms at the same time. */
export async function takeTurns(
  around: Surroundings,
  rooms: readonly BenchRoom[],
  seconds: number,
): Promise<readonly Turn[]> {
  const before = await Promise.all(
    rooms.map(async (room) => ({ sent: (await room.stop()).sent, ...(await look(room)) })),
  );
  const generatorBefore = cpuOf(around.participantsPid);
  const began = performance.now();
  for (const room of rooms) await room.start();
  const { results } = await lookedAfter(rooms, () =>
    around.probe<{ results: ProbeResult[] }>({ kind: 'run', names: rooms.map(({ name }) => name), seconds }),
  );
  const stopped = [];
  for (const room of rooms) stopped.push({ ...(await room.stop()), ...costOf(room) });
  const elapsed = performance.now() - began;
  const generator = differenceOf(cpuOf(around.participantsPid), generatorBefore);
  const turns: Turn[] = [];
  for (const [index, room] of rooms.entries()) {
    const [was, end, probed] = [before[index], stopped[index], results[index]];
    if (!was || !end || !probed) throw new Error(`nothing was measured in ${room.name}`);
    const expected = (end.sent - was.sent) * room.receiversOfEach;
    const drained = await drain(room, was.packets + expected);
    const received = drained.packets - was.packets;
    turns.push({
      ...probed,
      received,
      expected,
      loss: 1 - received / expected,
      lostBySequence: drained.lostBySequence - was.lostBySequence,
      dropped: differenceOf(dropsOf(room), was.dropped),
      seconds: elapsed / 1_000,
      cpuMs: differenceOf(end.cpuMs, was.cpuMs),
      waitedMs: end.waitedMs - was.waitedMs,
      generatorCpu: { senders: generator.node / elapsed, receivers: generator.worker / elapsed },
      latestMs: end.latestMs,
    });
  }
  return turns;
}

/** Everything of a turn that is counted upwards. */
async function look(room: BenchRoom) {
  return { ...(await drain(room, Infinity, SETTLED_STEPS)), dropped: dropsOf(room), ...costOf(room) };
}

async function lookedAfter<T>(rooms: readonly BenchRoom[], work: () => Promise<T>): Promise<T> {
  let looking: Promise<unknown> = Promise.resolve();
  const lookAgain = (): void => {
    looking = looking.then(() => Promise.all(rooms.map((room) => room.lookAfter())));
  };
  let timer = setTimeout(function again() {
    lookAgain();
    timer = setTimeout(again, LOOK_MS);
  }, LOOK_MS / 2);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    await looking;
  }
}

/** Waits until all has come, or nothing more comes. */
async function drain(room: BenchRoom, expected: number, quietSteps = QUIET_STEPS): Promise<Received> {
  let last = await room.count();
  for (let step = 0, quiet = 0; step < DRAIN_STEPS && quiet < quietSteps && last.packets < expected; step += 1) {
    await delay(DRAIN_STEP_MS);
    const next = await room.count();
    quiet = next.packets === last.packets ? quiet + 1 : 0;
    last = next;
  }
  return last;
}

function dropsOf({ ports }: BenchRoom) {
  return { node: udpDropsOf(ports.node), receivers: udpDropsOf(ports.receivers) };
}

function costOf({ node }: BenchRoom) {
  return { cpuMs: cpuOf(node.process.pid), waitedMs: waitedMsOf(workersOf(node.process.pid)) };
}

function workersOf(pid: number): readonly number[] {
  return processTree(pid).filter((one) => one !== pid);
}

/** CPU so far of a Node.js process and, apart, of the mediasoup worker below it. */
function cpuOf(pid: number): { readonly node: number; readonly worker: number } {
  return { node: cpuMsOf([pid]), worker: cpuMsOf(workersOf(pid)) };
}

function differenceOf<K extends string>(now: Readonly<Record<K, number>>, before: Readonly<Record<K, number>>) {
  const keys = Object.keys(now) as K[]; // both have K's keys only
  return Object.fromEntries(keys.map((key) => [key, now[key] - before[key]])) as Record<K, number>; // as above
}

/** Packets that a node hands on in a second of CPU, its Node.js process included. */
export function packetsPerCpuSecond({ received, cpuMs }: Turn): number {
  return received / ((cpuMs.node + cpuMs.worker) / 1_000);
}

/** The share of a core that a node has used. */
export function nodeCpu({ cpuMs, seconds }: Turn): number {
  return (cpuMs.node + cpuMs.worker) / 1_000 / seconds;
}
