import { join } from 'node:path';

import { eventually } from '../../common/testkit/eventually';
import { BenchProcess, FROM_SOURCE } from '../gateway/bench-process';
import type { RunningGateway } from '../gateway/contestants/contestants';

const MAIN = join(__dirname, '..', '..', 'observability', 'src', 'traces', 'main.ts');
const START_MS = 30_000;
const ASKED = 200;
/** Spans are sent every half second. */
const EXPORTED_MS = 10_000;

/** A process that takes what is exported: the trace view of `npm start`. */
export interface Receiver {
  readonly url: string;
  /** The share of requests whose trace arrives; those of a gateway that traces all must arrive within 10 s. */
  sharedTraces(gateway: RunningGateway, isComplete: (share: number) => boolean): Promise<number>;
  stop(): Promise<void>;
}

export async function startReceiver(cores: string | undefined): Promise<Receiver> {
  const process = new BenchProcess({
    name: 'the receiver',
    args: [...FROM_SOURCE, MAIN],
    environment: { PORT: '0', LOG_LEVEL: 'warn' },
    cores,
  });
  const { port } = await process.message<{ readonly port: number }>(START_MS);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async sharedTraces(gateway, isComplete) {
      const ids = await askForTraces(gateway.url);
      if (ids.length === 0) return 0;
      return eventually(
        async () => {
          const known = await Promise.all(ids.map((id) => isWhole(url, id)));
          const share = known.filter(Boolean).length / ASKED;
          if (!isComplete(share)) throw new Error(`of ${ASKED} requests, ${share * 100} % have a trace`);
          return share;
        },
        { timeoutMs: EXPORTED_MS, everyMs: 500 },
      );
    },
    stop: () => process.stop(),
  };
}

/** Ids of the traces that a gateway says it has made. */
async function askForTraces(url: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let asked = 0; asked < ASKED; asked += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ user(id: "0-0-0") { name } }' }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.text();
    const id = response.headers.get('x-trace-id');
    if (id !== null) ids.push(id);
  }
  return ids;
}

/** Whether the spans of both processes have arrived. */
async function isWhole(url: string, id: string): Promise<boolean> {
  const response = await fetch(`${url}/api/traces/${id}`, { signal: AbortSignal.timeout(10_000) });
  const { spans } = JSON.parse(await response.text()) as { spans: readonly { readonly service: string }[] }; // our own view
  return ['gateway', 'subgraphs'].every((service) => spans.some((span) => span.service === service));
}
