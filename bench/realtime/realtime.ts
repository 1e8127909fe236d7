import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { eventually } from '../../common/testkit/eventually';
import { BenchProcess, FROM_SOURCE } from '../gateway/bench-process';
import { installPeers } from '../gateway/contestants/install-peers';
import { type Cores, findCores } from '../gateway/cores';
import type { BenchResult } from '../main';
import { cpuMsOf, memoryOf } from '../processes';
import { median, round } from '../statistics';
import type { ClientsOptions, Flooded, Paced, Question } from './clients/main';
import { type Around, type Measured, PREFIX, SECRET, startRealtime, startSocketio, withAround } from './servers';

interface Plan {
  readonly clients: number;
  /** Turns of each server after the warm-up. */
  readonly rounds: number;
  /** Events of a turn at full speed. */
  readonly flood: number;
  readonly paced: { readonly events: number; readonly everyMs: number };
}

const FULL: Plan = { clients: 2_000, rounds: 6, flood: 200, paced: { events: 60, everyMs: 100 } };
const SMOKE: Plan = { clients: 200, rounds: 1, flood: 50, paced: { events: 20, everyMs: 50 } };
/** Events that are on their way at the same time in a turn at full speed. */
const ON_THE_WAY = 8;
const WARM_UP = 100;
const LONG_MS = 300_000;
const SETTLE_MS = 5_000;

/** A server, its clients, and what was measured of both. */
interface Side {
  readonly server: Measured;
  readonly clients: BenchProcess;
  readonly idleKb: number;
  readonly floods: (Flooded & { readonly cpuMs: number })[];
  readonly paces: Paced[];
}

/**
 * Subscribers of one notebook, each another user, against a Socket.IO server that broadcasts the same ready-made result
 * to a room: the same clients (raw sockets that only find the frames), one core for the server, in turn.
 */
export async function benchRealtime({
  isSmoke,
  flags,
  report,
}: {
  readonly isSmoke: boolean;
  readonly flags: readonly string[];
  readonly report: (line: string) => void;
}): Promise<BenchResult> {
  const plan = isSmoke ? SMOKE : FULL;
  const cores = findCores();
  if (!cores) report('nothing can be pinned here (one core, or no taskset): servers and clients share the cores');
  return withAround(cores, plan.clients, async (around) => {
    if (flags.includes('--profile')) return profile(around, cores, plan, report);
    const ours = await open(await startRealtime(around, cores), around, cores, plan);
    report(`${plan.clients} subscribers of realtime: ${ours.idleKb.toFixed(1)} KiB each`);
    const theirs = (await installPeers(report)) ? await open(await startSocketio(cores), around, cores, plan) : null;
    if (theirs) report(`${plan.clients} clients of Socket.IO: ${theirs.idleKb.toFixed(1)} KiB each`);
    const sides = theirs ? [ours, theirs] : [ours];
    try {
      return await measure(plan, around, sides, report);
    } finally {
      await Promise.all(sides.flatMap(({ server, clients }) => [clients.stop(), server.process.stop()]));
    }
  });
}

async function open(server: Measured, around: Around, cores: Cores | null, { clients: count }: Plan): Promise<Side> {
  const before = memoryOf(server.process.pid, 'VmRSS');
  const clients = new BenchProcess({
    name: `the clients of ${server.name}`,
    args: [...FROM_SOURCE, join(__dirname, 'clients', 'main.ts')],
    cores: cores?.others,
  });
  await clients.message(LONG_MS);
  const { name, port } = server;
  const options = { name, port, count, redisUrl: around.redis.url, prefix: PREFIX, secret: SECRET };
  await ask(clients, { kind: 'connect', options: options satisfies ClientsOptions });
  if (name === 'realtime') {
    await eventually(async () => {
      if ((await metric(server, 'terakoya_realtime_subscriptions{')) !== count) throw new Error('not all subscribed');
    });
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS)); // what connecting has used is given back by then
  const idleKb = ((memoryOf(server.process.pid, 'VmRSS') - before) * 1024) / count;
  return { server, clients, idleKb, floods: [], paces: [] };
}

async function measure(
  plan: Plan,
  around: Around,
  sides: readonly Side[],
  report: (line: string) => void,
): Promise<BenchResult> {
  const [ours] = sides;
  if (!ours) throw new Error('there is nothing to measure');
  const flood = { kind: 'flood', onTheWay: ON_THE_WAY } as const;
  await ask(ours.clients, { ...flood, events: WARM_UP });
  const { text } = await ask<{ text: string }>(ours.clients, { kind: 'sample' });
  checkWhole(text);
  for (const side of sides.slice(1)) {
    await ask(side.clients, { kind: 'payload', text });
    await ask(side.clients, { ...flood, events: WARM_UP });
    const sample = await ask<{ text: string }>(side.clients, { kind: 'sample' });
    if (sample.text !== text) throw new Error('the peer does not broadcast what ours delivers');
  }
  const work = await workOf(ours.server, around);
  for (let turn = 0; turn < plan.rounds; turn += 1) {
    for (const side of sides) await takeTurn(side, plan);
    const rates = sides.map(({ server, floods }) => `${server.name} ${Math.round(rateOf(floods.at(-1)))}/s`);
    const delays = sides.map(({ server, paces }) => `${server.name} ${paces.at(-1)?.p99.toFixed(1)} ms`);
    report(
      `round ${turn + 1} of ${plan.rounds}: messages ${rates.join(', ')}; p99 at a steady pace ${delays.join(', ')}`,
    );
  }
  const done = await workOf(ours.server, around);
  return resultOf(plan, sides, {
    executions: done.executions - work.executions,
    fetches: done.fetches - work.fetches,
    events: plan.rounds * (plan.flood + plan.paced.events),
  });
}

async function takeTurn({ server, clients, floods, paces }: Side, plan: Plan): Promise<void> {
  const before = cpuMsOf([server.process.pid]);
  const flooded = await ask<Flooded>(clients, { kind: 'flood', events: plan.flood, onTheWay: ON_THE_WAY });
  floods.push({ ...flooded, cpuMs: cpuMsOf([server.process.pid]) - before });
  paces.push(await ask<Paced>(clients, { kind: 'pace', ...plan.paced }));
}

function resultOf(
  plan: Plan,
  sides: readonly Side[],
  work: { readonly executions: number; readonly fetches: number; readonly events: number },
): BenchResult {
  const [first, second] = sides;
  return {
    figures: {
      ...(first && second ? ratios(first, second) : {}),
      executions_per_event_per_operation: round(work.executions / work.events),
      delivery_p99_ms: round(median(first?.paces.map(({ p99 }) => p99) ?? []), 1),
      idle_kb_per_connection: round(first?.idleKb ?? 0, 1),
    },
    details: {
      clients: plan.clients,
      users: plan.clients,
      rounds: plan.rounds,
      events_per_flood: plan.flood,
      events_on_the_way: ON_THE_WAY,
      pace: `an event every ${plan.paced.everyMs} ms`,
      fetches_per_event: round(work.fetches / work.events, 2),
      servers: Object.fromEntries(sides.map((side) => [side.server.name, tableOf(side)])),
    },
  };
}

/** Of turns that followed each other, so that what else the machine does weighs on both. */
function ratios(ours: Side, theirs: Side): Record<string, number> {
  const pairs = ours.floods.flatMap((flood, turn) => {
    const other = theirs.floods[turn];
    return other ? [[flood, other] as const] : [];
  });
  return {
    messages_vs_socketio: round(median(pairs.map(([one, other]) => rateOf(one) / rateOf(other)))),
    cpu_per_message_vs_socketio: round(median(pairs.map(([one, other]) => one.cpuMs / other.cpuMs))),
  };
}

function tableOf({ server, floods, paces, idleKb }: Side) {
  return {
    messages_per_second: round(median(floods.map(rateOf)), 0),
    cpu_us_per_message: round(median(floods.map(({ cpuMs, messages }) => (cpuMs * 1000) / messages)), 2),
    core_in_use: round(median(floods.map(({ cpuMs, seconds }) => cpuMs / 1000 / seconds)), 2),
    p50_ms: round(median(paces.map(({ p50 }) => p50)), 1),
    p99_ms: round(median(paces.map(({ p99 }) => p99)), 1),
    max_ms: round(Math.max(...paces.map(({ max }) => max)), 1),
    idle_kb_per_connection: round(idleKb, 1),
    peak_rss_mb: round(memoryOf(server.process.pid, 'VmHWM'), 0),
  };
}

function rateOf(flooded: Flooded | undefined): number {
  return flooded ? flooded.messages / flooded.seconds : 0;
}

/** The result must have every field of both subgraphs. */
function checkWhole(text: string): void {
  const { data, errors } = JSON.parse(text) as {
    data: { notebookChanged: { page: { text: string } | null; notebook: { title: string; summary: string } | null } };
    errors?: unknown;
  }; // what QUERY asks for
  const { page, notebook } = data.notebookChanged;
  if (errors || !page?.text || !notebook?.title || !notebook.summary)
    throw new Error(`the result is not whole: ${text}`);
}

async function workOf(server: Measured, { subgraphs }: Around) {
  const { fetches } = await subgraphs.ask<{ fetches: number[] }>({ counts: true }, LONG_MS);
  return {
    executions: await metric(server, 'terakoya_realtime_executions_total{'),
    fetches: fetches.reduce((sum, count) => sum + count, 0),
  };
}

/** The value of the first series whose line begins so. */
async function metric({ port }: Measured, beginning: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(beginning));
  return Number(line?.split(' ').at(-1) ?? 0);
}

function ask<T>(clients: BenchProcess, question: Question): Promise<T> {
  return clients.ask<T>(question, LONG_MS);
}

/** Runs ours alone under `--cpu-prof`; the profile is written when the server ends. */
async function profile(
  around: Around,
  cores: Cores | null,
  plan: Plan,
  report: (line: string) => void,
): Promise<BenchResult> {
  const folder = join(process.cwd(), '.data', 'profiles');
  execFileSync('mkdir', ['-p', folder]);
  const name = `realtime-${Date.now()}.cpuprofile`;
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`];
  const side = await open(await startRealtime(around, cores, flags), around, cores, plan);
  await ask(side.clients, { kind: 'flood', onTheWay: ON_THE_WAY, events: WARM_UP });
  for (let turn = 0; turn < plan.rounds; turn += 1) {
    const flooded = await ask<Flooded>(side.clients, { kind: 'flood', events: plan.flood, onTheWay: ON_THE_WAY });
    report(`round ${turn + 1}: ${Math.round(rateOf(flooded))} messages/s`);
  }
  await side.clients.stop();
  await side.server.process.stop();
  return { figures: {}, details: { profile: join(folder, name) } };
}
