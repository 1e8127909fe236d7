import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of a fake vendor; `hang` accepts the request and never answers, `cut` closes the connection. */
export type FakeAnswer =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown } | 'hang' | 'cut';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface FakeVendor {
  readonly url: string;
  /** Sockets ever opened to it. */
  connections(): number;
  readonly requests: readonly FakeRequest[];
  /** Answers to come before the usual one, in order. */
  next(...answers: FakeAnswer[]): void;
  close(): Promise<void>;
}

/** An HTTP server that speaks a vendor's wire format and counts who connects. */
export async function startFakeVendor(usual: (request: FakeRequest) => FakeAnswer): Promise<FakeVendor> {
  const queued: FakeAnswer[] = [];
  const requests: FakeRequest[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    void receive(request).then((received) => {
      requests.push(received);
      send(response, queued.shift() ?? usual(received));
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an address object
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    requests,
    next: (...answers) => void queued.push(...answers),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function receive(request: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function send(response: ServerResponse, answer: FakeAnswer): void {
  if (answer === 'hang') return;
  if (answer === 'cut') return void response.destroy();
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(body);
}

/** An address at which nobody listens. */
export async function deadAddress(): Promise<string> {
  const vendor = await startFakeVendor(() => 'hang');
  await vendor.close();
  return vendor.url;
}
