import { cpuMsOf, memoryOf, processTree } from '../processes';
import { median, round } from '../statistics';
import type { BenchProcess } from './bench-process';
import type { Contestant, RunningGateway } from './contestants/contestants';
import { type BenchOperation, bodyOf } from './graph/operations';
import type { LoadRequest, LoadResult } from './load/closed-loop';

/** One gateway under one operation for a few seconds. */
export interface Round extends LoadResult {
  /** CPU of the gateway's processes for one request, in milliseconds. */
  readonly cpuMs: number;
  /** The share of its core that the gateway got and used. */
  readonly gatewayCpu: number;
  /** The share of one core that the subgraphs used meanwhile. */
  readonly subgraphCpu: number;
}

export interface Bench {
  readonly load: BenchProcess;
  readonly subgraphs: BenchProcess;
  readonly clients: number;
}

/** Loads a gateway with one operation; throws when a response is wrong. */
export async function runRound(
  { load, subgraphs, clients }: Bench,
  gateway: RunningGateway,
  operation: BenchOperation,
  seconds: number,
): Promise<Round> {
  const bodies = Array.from({ length: clients }, (_value, client) => bodyOf(operation, client));
  const tree = processTree(gateway.process.pid);
  const [gatewayBefore, subgraphsBefore] = [cpuMsOf(tree), cpuMsOf([subgraphs.pid])];
  const began = performance.now();
  const request: LoadRequest = { url: gateway.url, bodies, seconds };
  const answer = load.ask<{ result?: LoadResult; error?: string }>(request, seconds * 1000 + 60_000);
  const { result, error } = await gateway.process.orEnd(answer);
  if (!result) throw new Error(`${gateway.name}, ${operation.name}: ${error}`);
  if (result.wrong > 0) throw new Error(`${gateway.name}, ${operation.name}: ${result.wrong} responses were wrong`);
  const elapsed = performance.now() - began;
  const cpu = cpuMsOf(tree) - gatewayBefore;
  const subgraphCpu = (cpuMsOf([subgraphs.pid]) - subgraphsBefore) / elapsed;
  return { ...result, cpuMs: cpu / result.answered, gatewayCpu: cpu / elapsed, subgraphCpu };
}

/** Peak resident memory of a gateway's processes so far, in MiB. */
export function peakMemoryOf(gateway: RunningGateway): number {
  return processTree(gateway.process.pid).reduce((sum, pid) => sum + memoryOf(pid, 'VmHWM'), 0);
}

/** Medians over rounds, for people and for `details`. */
export function summarise(rounds: readonly Round[]) {
  const of = (value: (each: Round) => number, digits: number) => round(median(rounds.map(value)), digits);
  return {
    requests_per_second: of(({ requestsPerSecond }) => requestsPerSecond, 1),
    p50_ms: of(({ p50 }) => p50, 2),
    p99_ms: of(({ p99 }) => p99, 2),
    cpu_ms_per_request: of(({ cpuMs }) => cpuMs, 3),
    gateway_cpu: of(({ gatewayCpu }) => gatewayCpu, 2),
    generator_cpu: of(({ generatorCpu }) => generatorCpu, 2),
    subgraph_cpu: of(({ subgraphCpu }) => subgraphCpu, 2),
    rounds: rounds.map(({ requestsPerSecond }) => round(requestsPerSecond, 1)),
  };
}

export type Measured = ReadonlyMap<Contestant, readonly Round[]>;

/** The median over rounds of ours ÷ theirs within a round: what slows the machine for a while slows both. */
export function ratio(measured: Measured, peer: Contestant, value: (each: Round) => number): number | undefined {
  const ours = measured.get('ours');
  const theirs = measured.get(peer);
  if (!ours?.length || theirs?.length !== ours.length) return undefined;
  return round(median(ours.map((each, index) => value(each) / value(theirs[index] ?? each))));
}
