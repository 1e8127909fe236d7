import { HttpConnection } from './http-connection';

export interface LoadRequest {
  readonly url: string;
  /** What each connection sends, again and again; as many connections as bodies. */
  readonly bodies: readonly string[];
  readonly seconds: number;
}

export interface LoadResult {
  /** All requests that were sent and answered, also those answered after the time was over. */
  readonly answered: number;
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

/** What one connection saw until the time was over. */
interface Seen {
  answered: number;
  counted: number;
  wrong: number;
  /** When the last response that counts came. */
  last: number;
}

/** Every connection sends its request, waits for the response, and sends again, until the time is over. */
export async function runClosedLoop({ url, bodies, seconds }: LoadRequest): Promise<LoadResult> {
  const { hostname, port, pathname } = new URL(url);
  const latencies: number[] = [];
  const began = performance.now();
  const cpu = process.cpuUsage();
  const connections = bodies.map(() => new HttpConnection(hostname, Number(port)));
  const work = connections.map((connection, index) => {
    const request = requestOf(pathname, `${hostname}:${port}`, bodies[index] ?? '');
    return askUntil(began + seconds * 1000, connection, request, latencies);
  });
  let seen: readonly Seen[];
  try {
    seen = await within(Promise.all(work), seconds * 1000 + LATE_MS);
  } finally {
    for (const connection of connections) connection.close();
  }
  const { user, system } = process.cpuUsage(cpu);
  const sorted = Float64Array.from(latencies).sort();
  return {
    answered: seen.reduce((sum, { answered }) => sum + answered, 0),
    requestsPerSecond: seen.reduce((sum, { counted, last }) => sum + (counted * 1000) / (last - began), 0),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    wrong: seen.reduce((sum, { wrong }) => sum + wrong, 0),
    generatorCpu: (user + system) / 1000 / (performance.now() - began),
  };
}

/**
 * The first response counts however late it is. A connection's rate is taken up to its last response that counts:
 * responses of many connections come in bursts, and one more or less at the end would otherwise weigh too much.
 */
async function askUntil(end: number, connection: HttpConnection, request: Buffer, latencies: number[]): Promise<Seen> {
  const seen: Seen = { answered: 0, counted: 0, wrong: 0, last: 0 };
  let expected: number | undefined;
  for (;;) {
    const sent = performance.now();
    const { status, bytes } = await connection.send(request);
    const received = performance.now();
    expected ??= bytes;
    seen.answered += 1;
    if (status !== 200 || bytes !== expected) seen.wrong += 1;
    if (received <= end || seen.counted === 0) {
      seen.counted += 1;
      seen.last = received;
      latencies.push(received - sent);
    }
    if (received >= end) return seen;
  }
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

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('responses did not come in time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
