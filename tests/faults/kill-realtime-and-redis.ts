import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { encodeId } from '../../common/global-ids';
import { type LocalRedis, startRedis } from '../../common/local-servers';
import { type EventLog, createEventLog } from '../../common/streams';
import { eventually, testIdentity } from '../../common/testkit';
import { ManagedProcess } from '../../scripts/start/managed-process';
import { serviceProcess } from '../../scripts/start/services';
import { NOTEBOOK_ID, appendGreeting, appendNumbers } from './numbered-events';
import { ResumingClient } from './resuming-client';
import { startSubgraphsOfEvents } from './subgraphs-of-events';

export interface FaultPlan {
  readonly events: number;
  readonly clients: number;
  /** At which shares of the events `kill -9` strikes whom. */
  readonly kills: readonly { readonly at: number; readonly whom: 'realtime' | 'redis' }[];
  readonly eventsPerSecond: number;
  readonly report: (line: string) => void;
}

/** What came of it. */
export interface FaultOutcome {
  readonly seconds: number;
  readonly kills: number;
  /** Connections that clients made beyond their first. */
  readonly reconnections: number;
  /** Clients that were told each event once and in order. */
  readonly wholeClients: number;
  readonly missing: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  /** Results in which a subgraph's part was missing. */
  readonly partial: number;
  readonly failures: readonly string[];
}

const PREFIX = 'faults';
const SECRET = 'a-secret-of-tests-with-32-characters';
const BATCH = 20;
const DOWN_MS = 500;
const LONG_MS = 240_000;

/** Numbered events while realtime and Redis (which keeps its data) are killed, and clients that resume by cursor. */
export async function killRealtimeAndRedis(plan: FaultPlan): Promise<FaultOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-faults-'));
  const redis = new KillableRedis(join(folder));
  await redis.start();
  const subgraphs = await startSubgraphsOfEvents();
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, subgraphs.supergraph);
  const environment = environmentOf(redis.url, supergraph, subgraphs.environment, plan.clients);
  const realtime = new ManagedProcess(
    serviceProcess('realtime', environment, join(folder, 'realtime.log')),
    plan.report,
  );
  const log = createEventLog({ redisUrl: redis.url, prefix: PREFIX });
  const clients: ResumingClient[] = [];
  try {
    const port = await realtime.start();
    const url = `ws://127.0.0.1:${port}/graphql`;
    for (let index = 0; index < plan.clients; index += 1) {
      clients.push(new ResumingClient({ url, secret: SECRET, notebookId: encodeId('Notebook', NOTEBOOK_ID) }));
    }
    await greet(log, clients);
    const began = Date.now();
    await tellNumbers(plan, log, { realtime, redis });
    await eventually(() => waitForAll(clients, plan.events), { timeoutMs: LONG_MS, everyMs: 200 });
    return outcomeOf(plan, clients, (Date.now() - began) / 1000);
  } finally {
    await Promise.all(clients.map((client) => client.stop()));
    await realtime.stop();
    await Promise.all([log.close(), subgraphs.close()]);
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function environmentOf(
  redisUrl: string,
  supergraph: string,
  urls: Readonly<Record<string, string>>,
  clients: number,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    OTEL_SDK_DISABLED: 'true',
    PORT: '0',
    LOG_LEVEL: 'warn',
    SUPERGRAPH_FILE: supergraph,
    PERSISTED_DOCUMENTS: 'off',
    REDIS_URL: redisUrl,
    REDIS_PREFIX: PREFIX,
    ACCESS_TOKEN_SECRET: SECRET,
    IDENTITY_SECRET: testIdentity.secret,
    MAX_CONNECTIONS: String(clients * 4),
    ...urls,
  };
}

/** Events without a number until every client has a cursor to go on from. */
async function greet(log: EventLog, clients: readonly ResumingClient[]): Promise<void> {
  await eventually(
    async () => {
      await appendGreeting(log);
      if (clients.some(({ cursor }) => cursor === null)) throw new Error('not everybody has subscribed yet');
    },
    { timeoutMs: 60_000, everyMs: 100 },
  );
}

async function tellNumbers(
  { events, kills, eventsPerSecond, report }: FaultPlan,
  log: EventLog,
  { realtime, redis }: { readonly realtime: ManagedProcess; readonly redis: KillableRedis },
): Promise<void> {
  const signal = AbortSignal.timeout(LONG_MS);
  const waiting = [...kills];
  let redisUp: Promise<void> = Promise.resolve();
  for (let first = 1; first <= events; first += BATCH) {
    while (waiting[0] && first > waiting[0].at * events) {
      const whom = waiting.shift()?.whom;
      report(`kill -9 ${whom} at event ${first}`);
      if (whom === 'redis') redisUp = redis.killAndStartAgain();
      else if (realtime.pid !== undefined) process.kill(realtime.pid, 'SIGKILL');
    }
    await appendNumbers(log, first, Math.min(BATCH, events - first + 1), signal);
    await delay((BATCH / eventsPerSecond) * 1000);
  }
  await redisUp;
}

function waitForAll(clients: readonly ResumingClient[], events: number): void {
  const late = clients.filter(({ numbers, failures }) => failures.length === 0 && numbers.at(-1) !== events);
  if (late.length > 0) throw new Error(`${late.length} clients have not got to the end`);
}

function outcomeOf({ events, kills }: FaultPlan, clients: readonly ResumingClient[], seconds: number): FaultOutcome {
  const sum = (of: (client: ResumingClient) => number): number =>
    clients.reduce((total, client) => total + of(client), 0);
  const isWhole = ({ numbers }: ResumingClient): boolean =>
    numbers.length === events && numbers.every((number, index) => number === index + 1);
  return {
    seconds,
    kills: kills.length,
    reconnections: sum(({ connections }) => connections - 1),
    wholeClients: clients.filter(isWhole).length,
    missing: sum(({ numbers }) => events - new Set(numbers).size),
    doubled: sum(({ numbers }) => numbers.length - new Set(numbers).size),
    outOfOrder: sum(({ numbers }) => numbers.filter((number, index) => number < (numbers[index - 1] ?? 0)).length),
    partial: sum(({ partial }) => partial),
    failures: clients.flatMap(({ failures }) => failures),
  };
}

/** A Redis that keeps its data when it is killed, and comes up again at the same place. */
class KillableRedis {
  #running: LocalRedis | undefined;

  constructor(private readonly folder: string) {}

  get url(): string {
    return this.#running?.url ?? '';
  }

  async start(port = 0): Promise<void> {
    this.#running = await startRedis({ dataDirectory: this.folder, port, report: () => undefined });
  }

  async killAndStartAgain(): Promise<void> {
    const port = this.#running?.port ?? 0;
    await this.#running?.kill();
    await delay(DOWN_MS);
    await this.start(port);
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }
}
