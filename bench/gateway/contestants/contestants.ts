import { join } from 'node:path';

import { freePort } from '../../../common/local-servers';
import { runCommand } from '../../../common/system-tools';
import { eventually } from '../../../common/testkit/eventually';
import { BenchProcess, FROM_SOURCE } from '../bench-process';

const ROOT = join(__dirname, '..', '..', '..');
const PEERS = join(ROOT, 'bench', 'peers');
const HIVE = join(PEERS, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
const OURS = join(ROOT, 'gateway', 'src', 'standalone', 'main.ts');
const START_MS = 60_000;

export const CONTESTANTS = ['ours', 'stock', 'hive', 'hive-router'] as const;
export type Contestant = (typeof CONTESTANTS)[number];

/** A gateway that answers at `url`. */
export interface RunningGateway {
  readonly name: Contestant;
  readonly url: string;
  readonly process: BenchProcess;
}

/** Where a gateway runs: the file of its supergraph, its cores, and flags of Node.js such as `--cpu-prof`. */
export interface Seat {
  readonly supergraph: string;
  readonly cores: string | undefined;
  readonly nodeFlags?: readonly string[];
  /** A file of ours that is loaded before the gateway, with the variables it reads. */
  readonly preload?: { readonly file: string; readonly environment: Readonly<Record<string, string>> };
}

/** Starts a gateway with the settings its makers ship, quiet, and waits until it answers an operation. */
export async function startGateway(name: Contestant, seat: Seat): Promise<RunningGateway> {
  if (name === 'ours') await fillCompileCache();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const { args, environment } = command(name, seat.supergraph, String(port));
  const gateway = new BenchProcess({
    name,
    args: [
      ...(seat.nodeFlags ?? []),
      ...(seat.preload ? [...FROM_SOURCE, '--require', seat.preload.file] : []),
      ...args,
    ],
    environment: { ...environment, ...seat.preload?.environment },
    cores: seat.cores,
  });
  try {
    await gateway.orEnd(eventually(() => checkAnswers(url), { timeoutMs: START_MS, everyMs: 100 }));
  } catch (error) {
    await gateway.stop();
    throw error;
  }
  return { name, url, process: gateway };
}

/** The compiler of the source is a development tool: what it makes is cached by a first run that only explains itself. */
async function fillCompileCache(): Promise<void> {
  await runCommand(process.execPath, [...FROM_SOURCE, OURS, '--help']);
}

function command(name: Contestant, supergraph: string, port: string) {
  const environment = { SUPERGRAPH: supergraph, PORT: port };
  switch (name) {
    case 'ours': {
      const flags = ['--supergraph', supergraph, '--port', port, '--log-level', 'warn'];
      return { args: [...FROM_SOURCE, OURS, ...flags], environment };
    }
    case 'stock':
      return { args: [join(PEERS, 'stock.mjs')], environment };
    case 'hive':
    case 'hive-router': {
      const config = join(PEERS, `${name}.config.mjs`);
      const flags = ['--port', port, '--host', '127.0.0.1', '--fork', '1', '--config-path', config];
      return { args: [HIVE, 'supergraph', supergraph, ...flags], environment };
    }
  }
}

async function checkAnswers(url: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await response.text();
  if (text.trim() !== '{"data":{"__typename":"Query"}}') throw new Error(`${url} answered ${response.status}: ${text}`);
}
