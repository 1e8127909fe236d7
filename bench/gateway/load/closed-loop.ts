import { HttpConnection } from './http-connection';

export interface LoadRequest {
  readonly url: string;
  /** What each connection sends, again and again; as many connections as bodies. */
  readonly bodies: readonly string[];
  readonly seconds: number;
}

export interface LoadResult {
  /** Responses that came while the time ran. */
  readonly responses: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Responses other than 200, or of another length than the first of that connection. */
  readonly wrong: number;
  /** This process's share of one core meanwhile. */
  readonly generatorCpu: number;
}

const LATE_MS = 30_000;

/** Every connection sends its request, waits for the response, and sends again, until the time is over. */
export async function runClosedLoop({ url, bodies, seconds }: LoadRequest): Promise<LoadResult> {
  const { hostname, port, pathname } = new URL(url);
  const latencies: number[] = [];
  let wrong = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  const cpu = process.cpuUsage();
  const connections = bodies.map(() => new HttpConnection(hostname, Number(port)));
  const work = connections.map(async (connection, index) => {
    const request = requestOf(pathname, `${hostname}:${port}`, bodies[index] ?? '');
    let expected: number | undefined;
    for (;;) {
      const sent = performance.now();
      const { status, bytes } = await connection.send(request);
      const received = performance.now();
      if (received > end) return;
      latencies.push(received - sent);
      expected ??= bytes;
      if (status !== 200 || bytes !== expected) wrong += 1;
    }
  });
  try {
    await within(Promise.all(work), seconds * 1000 + LATE_MS);
  } finally {
    for (const connection of connections) connection.close();
  }
  const { user, system } = process.cpuUsage(cpu);
  const elapsed = performance.now() - began;
  const sorted = Float64Array.from(latencies).sort();
  return {
    responses: latencies.length,
    requestsPerSecond: latencies.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    wrong,
    generatorCpu: (user + system) / 1000 / elapsed,
  };
}

function requestOf(path: string, host: string, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    'accept: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The nearest-rank percentile of sorted values; 0 of nothing. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('responses did not come in time')), milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
