import { loadavg } from 'node:os';

import { messageOf } from '../../common/errors';
import type { BenchResult } from '../main';
import { round } from '../statistics';
import { type Contestant, type RunningGateway, startGateway } from './contestants/contestants';
import { installPeers } from './contestants/install-peers';
import { type Cores, findCores } from './cores';
import { figuresOf, tableOf } from './figures';
import { OPERATIONS } from './graph/operations';
import type { SubgraphCounts } from './graph/remembering-server';
import { CLIENTS, type GatewayBenchOptions, readGatewayOptions } from './options';
import { profileOurs } from './profile';
import { checkEqual, readResponses } from './responses';
import { type Bench, type Measured, type Round, peakMemoryOf, runRound } from './rounds';
import { type Surroundings, withGraph } from './with-graph';

type Report = (line: string) => void;

/** Ours against Apollo's and Hive's gateways: the same subgraphs and supergraph, one core each, in turn. */
export async function benchGateway({
  flags,
  report,
}: {
  readonly flags: readonly string[];
  readonly report: Report;
}): Promise<BenchResult> {
  const options = readGatewayOptions(flags);
  const cores = findCores();
  if (!cores) report('nothing can be pinned here (one core, or no taskset): gateways and load share the cores');
  return withGraph(cores, async (around) => {
    if (options.profile !== undefined) {
      const { requestsPerSecond, file } = await profileOurs(around, cores, options, report);
      return { figures: {}, details: { profile: file, requests_per_second: round(requestsPerSecond, 1) } };
    }
    const gateways = await startAll(options, around, cores, report);
    try {
      return await measureAll(options, around, gateways, report);
    } finally {
      await Promise.all(gateways.map(({ process }) => process.stop()));
    }
  });
}

/** Starts what can be started; a peer that cannot is told of and left out. */
async function startAll(
  { contestants }: GatewayBenchOptions,
  { supergraph }: Surroundings,
  cores: Cores | null,
  report: Report,
): Promise<RunningGateway[]> {
  const hasPeers = contestants.some((name) => name !== 'ours') && (await installPeers(report));
  const gateways: RunningGateway[] = [];
  for (const name of contestants.filter((each) => each === 'ours' || hasPeers)) {
    try {
      gateways.push(await startGateway(name, { supergraph, cores: cores?.gateway }));
    } catch (error) {
      if (name === 'ours') throw error;
      report(`${name} cannot be run here and is left out: ${messageOf(error)}`);
    }
  }
  return gateways;
}

async function measureAll(
  options: GatewayBenchOptions,
  around: Surroundings,
  gateways: readonly RunningGateway[],
  report: Report,
): Promise<BenchResult> {
  const before = loadavg();
  const work = await checkResponses(around, gateways);
  report(`all responses of ${gateways.map(({ name }) => name).join(', ')} are equal`);
  const computed = await countsOf(around);
  const measured = new Map<string, Measured>();
  for (const operation of OPERATIONS) {
    measured.set(
      operation.name,
      await measureOperation(options, { ...around, clients: CLIENTS }, gateways, operation, report),
    );
  }
  const late = (await countsOf(around)).computed - computed.computed;
  if (late > 0) report(`${late} subgraph responses had to be computed while measuring`);
  const memory = new Map(gateways.map((gateway) => [gateway.name, peakMemoryOf(gateway)]));
  return {
    figures: figuresOf(measured, memory),
    details: {
      clients: CLIENTS,
      rounds: options.rounds,
      seconds_per_round: options.seconds,
      load_average: {
        before: before.map((value) => round(value, 1)),
        after: loadavg().map((value) => round(value, 1)),
      },
      peak_rss_mb: Object.fromEntries([...memory].map(([name, value]) => [name, round(value, 0)])),
      work_per_request: work,
      subgraph_responses_computed_while_measuring: late,
      operations: tableOf(measured),
    },
  };
}

/** Checks that every gateway gives every client the same response; gives the work each leaves to the subgraphs. */
async function checkResponses(around: Surroundings, gateways: readonly RunningGateway[]) {
  const work: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    let first: readonly [string, readonly string[]] | undefined;
    for (const gateway of gateways) {
      const before = await countsOf(around);
      const responses = [gateway.name, await readResponses(gateway, operation, CLIENTS)] as const;
      const after = await countsOf(around);
      if (after.failed > 0) throw new Error(`${gateway.name}, ${operation.name}: a subgraph answered with errors`);
      checkEqual(operation.name, responses, (first ??= responses));
      const perRequest = (of: 'fetches' | 'entities') => round((after[of] - before[of]) / CLIENTS, 2);
      (work[operation.name] ??= {})[gateway.name] = {
        fetches: perRequest('fetches'),
        entities: perRequest('entities'),
      };
    }
  }
  return work;
}

function countsOf({ subgraphs }: Surroundings): Promise<SubgraphCounts> {
  return subgraphs.ask<SubgraphCounts>({ counts: true }, 10_000);
}

async function measureOperation(
  { rounds, seconds, warmUpSeconds }: GatewayBenchOptions,
  bench: Bench,
  gateways: readonly RunningGateway[],
  operation: (typeof OPERATIONS)[number],
  report: Report,
): Promise<Measured> {
  const measured = new Map<Contestant, Round[]>();
  for (const gateway of gateways) await runRound(bench, gateway, operation, warmUpSeconds);
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const gateway of gateways) {
      const each = await runRound(bench, gateway, operation, seconds);
      measured.set(gateway.name, [...(measured.get(gateway.name) ?? []), each]);
    }
    const rates = [...measured].map(([name, all]) => `${name} ${all.at(-1)?.requestsPerSecond.toFixed(0)}/s`);
    report(`${operation.name}, round ${turn + 1} of ${rounds}: ${rates.join(', ')}`);
  }
  return measured;
}
