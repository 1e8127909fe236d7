import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { BenchProcess, FROM_SOURCE } from '../gateway/bench-process';
import { findCores } from '../gateway/cores';
import { heavy } from '../gateway/graph/operations';
import { CLIENTS } from '../gateway/options';
import { createProfileFolder, mostTime, profileIn } from '../gateway/profile';
import { checkEqual, readResponses } from '../gateway/responses';
import { type Round, runRound, summarise } from '../gateway/rounds';
import type { BenchResult } from '../main';
import { median, round } from '../statistics';
import { MODES, type Mode, type TelemetryBenchOptions, readTelemetryOptions } from './options';
import { type Receiver, startReceiver } from './receiver';
import { type TracedGateway, type TracedSeat, startTraced } from './traced-gateway';

type Report = (line: string) => void;
type Measured = ReadonlyMap<Mode, readonly Round[]>;

/** What telemetry costs: the gateway's heavy operation with telemetry off, as it is by default, and of every request. */
export async function benchTelemetry({
  flags,
  report,
}: {
  readonly flags: readonly string[];
  readonly report: Report;
}): Promise<BenchResult> {
  const options = readTelemetryOptions(flags);
  const cores = findCores();
  if (!cores) report('nothing can be pinned here (one core, or no taskset): all processes share the cores');
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-bench-telemetry-'));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', forget); // also when the bench is interrupted
  const opened: { stop(): Promise<void> }[] = [];
  const open = async <R extends { stop(): Promise<void> }>(opening: Promise<R>): Promise<R> => {
    const resource = await opening;
    opened.push(resource);
    return resource;
  };
  try {
    const receiver = await open(startReceiver(cores?.others));
    const load = await open(startLoad(cores?.others));
    const seat = { folder, cores, receiverUrl: receiver.url };
    if (options.profile) return await profile(options.profile, { options, seat, load, report });
    return await measure(options, { seat, receiver, load, report });
  } finally {
    for (const each of opened.reverse()) await each.stop();
    process.off('exit', forget);
    forget();
  }
}

async function startLoad(cores: string | undefined): Promise<BenchProcess> {
  const args = [...FROM_SOURCE, join(__dirname, '..', 'gateway', 'load', 'main.ts')];
  const load = new BenchProcess({ name: 'the load generator', args, cores });
  await load.message(60_000);
  return load;
}

interface Around {
  readonly seat: TracedSeat;
  readonly receiver: Receiver;
  readonly load: BenchProcess;
  readonly report: Report;
}

async function measure(options: TelemetryBenchOptions, around: Around): Promise<BenchResult> {
  const { starts, rounds, seconds } = options;
  const before = loadavg();
  const measured = new Map<Mode, Round[]>(MODES.map((mode) => [mode, []]));
  let shares: Record<string, number> = {};
  for (let start = 0; start < starts; start += 1) {
    const gateways: TracedGateway[] = [];
    try {
      for (const mode of MODES) gateways.push(await startTraced(mode, around.seat));
      if (start === 0) shares = await check(gateways, around);
      await takeRounds(gateways, options, measured, around);
    } finally {
      await Promise.all(gateways.map((each) => each.stop()));
    }
  }
  return {
    figures: {
      cost_default_sampling: costOf(measured, 'default', ({ requestsPerSecond }) => 1 / requestsPerSecond),
      cost_full_sampling: costOf(measured, 'full', ({ requestsPerSecond }) => 1 / requestsPerSecond),
      cpu_default_sampling: costOf(measured, 'default', ({ cpuMs }) => cpuMs),
      cpu_full_sampling: costOf(measured, 'full', ({ cpuMs }) => cpuMs),
    },
    details: {
      measured: 'gateway and subgraphs as processes of their own, all with the preload, sending to one OTLP receiver',
      clients: CLIENTS,
      starts,
      rounds_per_start: rounds,
      seconds_per_round: seconds,
      load_average: {
        before: before.map((value) => round(value, 1)),
        after: loadavg().map((value) => round(value, 1)),
      },
      traces_arrived: shares,
      modes: Object.fromEntries([...measured].map(([mode, all]) => [mode, summarise(all)])),
    },
  };
}

/** All modes answer alike, and each traces what it should: the share of requests whose trace arrived, by mode. */
async function check(
  gateways: readonly TracedGateway[],
  { receiver, report }: Around,
): Promise<Record<string, number>> {
  await requireEqual(gateways);
  report(`the responses of all ${gateways.length} modes are equal`);
  const shares = await sharesOf(gateways, receiver);
  report(`share of requests whose trace arrived: ${JSON.stringify(shares)}`);
  return shares;
}

/** The modes take turns, each time in the other order. */
async function takeRounds(
  gateways: readonly TracedGateway[],
  { rounds, seconds, warmUpSeconds }: TelemetryBenchOptions,
  measured: ReadonlyMap<Mode, Round[]>,
  { load, report }: Around,
): Promise<void> {
  for (const each of gateways) await turn(each, load, warmUpSeconds);
  for (let number = 0; number < rounds; number += 1) {
    const order = number % 2 === 0 ? gateways : gateways.toReversed();
    for (const each of order) measured.get(each.mode)?.push(await turn(each, load, seconds));
    const rates = [...measured].map(([mode, all]) => `${mode} ${all.at(-1)?.requestsPerSecond.toFixed(0)}/s`);
    report(`round ${measured.get('off')?.length ?? 0}: ${rates.join(', ')}`);
  }
}

/** What the bench rests on: without telemetry no request has a trace, at full sampling each has one. */
async function sharesOf(gateways: readonly TracedGateway[], receiver: Receiver): Promise<Record<string, number>> {
  const expected: Readonly<Record<Mode, (share: number) => boolean>> = {
    off: (share) => share === 0,
    default: (share) => share > 0,
    full: (share) => share === 1,
  };
  const shares: Record<string, number> = {};
  for (const { mode, gateway } of gateways) shares[mode] = await receiver.sharedTraces(gateway, expected[mode]);
  return shares;
}

async function requireEqual(gateways: readonly TracedGateway[]): Promise<void> {
  let first: readonly [string, readonly string[]] | undefined;
  for (const { mode, gateway } of gateways) {
    const responses = [mode, await readResponses(gateway, heavy, CLIENTS)] as const;
    checkEqual(heavy.name, responses, (first ??= responses));
  }
}

function turn({ gateway, subgraphs }: TracedGateway, load: BenchProcess, seconds: number): Promise<Round> {
  return runRound({ load, subgraphs, clients: CLIENTS }, gateway, heavy, seconds);
}

/** 1 − off ÷ on of what a request takes, as the median over rounds; throughput is one over that time. */
function costOf(measured: Measured, mode: Mode, timeOf: (each: Round) => number): number {
  const off = measured.get('off') ?? [];
  const on = measured.get(mode) ?? [];
  return round(median(on.map((each, index) => 1 - timeOf(off[index] ?? each) / timeOf(each))));
}

async function profile(
  mode: Mode,
  {
    options,
    seat,
    load,
    report,
  }: {
    readonly options: TelemetryBenchOptions;
    readonly seat: TracedSeat;
    readonly load: BenchProcess;
    readonly report: Report;
  },
): Promise<BenchResult> {
  const folder = createProfileFolder();
  const traced = await startTraced(mode, { ...seat, nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${folder}`] });
  let measured: Round;
  try {
    await turn(traced, load, options.warmUpSeconds);
    measured = await turn(traced, load, options.seconds);
  } finally {
    await traced.stop(); // the profile is written when it has drained
  }
  const { requestsPerSecond } = measured;
  const file = profileIn(folder);
  report(`${mode}: ${requestsPerSecond.toFixed(1)} requests/s while being profiled; the profile: ${file}`);
  for (const line of mostTime(file)) report(line);
  return { figures: {}, details: { mode, profile: file, requests_per_second: round(requestsPerSecond, 1) } };
}
