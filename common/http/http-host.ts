import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ConfigurationError, messageOf } from '../errors';
import { faults, sufferRequestFaults } from '../faults';
import { METRICS_CONTENT_TYPE, metricsText } from '../telemetry';
import { openFaultDoor } from './fault-door';
import { observeRequest, routeOf } from './observe-request';
import { sendJson, sendText } from './responses';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpHostOptions {
  readonly service: string;
  readonly host: string;
  readonly port: number;
  /** Each resolves when its dependency can be used; `/ready` answers 503 with the names of those that cannot. */
  readonly readiness?: Readonly<Record<string, () => Promise<void>>>;
  /** What requests are counted by, see `routeOf`: few, and none that has an id in it. */
  readonly routes?: readonly string[];
  /** Whether clients ask, and not services of the school alone; see `heededTraceparent`. */
  readonly isPublic?: boolean;
  /** Whatever is not `/health`, `/ready` or `/metrics`. */
  readonly handle?: RequestHandler;
}

export interface HttpHost {
  readonly server: Server;
  start(): Promise<{ readonly port: number }>;
  /** Stops accepting, lets running requests end for at most 5 s, then cuts what is left. */
  close(): Promise<void>;
}

const READINESS_MS = 2_000;
const DRAIN_MS = 5_000;
const SWEEP_MS = 20;
const ROUTES = ['/graphql'];

/** The HTTP server every service has: health, readiness and metrics, and its own routes behind them. */
export function createHttpHost(options: HttpHostOptions): HttpHost {
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    route(options, request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: 'internal error' });
      else response.destroy();
      server.emit('handlerError', error);
    });
  });
  return {
    server,
    start: () => listen(server, options),
    close: () => drain(server),
  };
}

async function route(options: HttpHostOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?', 1)[0] ?? '/';
  if (path === '/health') return sendJson(response, 200, { status: 'ok', service: options.service });
  if (path === '/ready') return answerReadiness(options, response);
  if (path === '/metrics') return sendText(response, 200, await metricsText(), METRICS_CONTENT_TYPE);
  const faultDoor = path.startsWith('/faults') ? openFaultDoor() : undefined;
  if (faultDoor) return faultDoor(request, response);
  const observed = { route: routeOf(path, options.routes ?? ROUTES), isPublic: options.isPublic ?? false };
  return observeRequest(request, response, observed, () => answer(options, request, response));
}

async function answer({ handle }: HttpHostOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (faults.isAnyActive) await sufferRequestFaults();
  if (handle) return handle(request, response);
  sendJson(response, 404, { error: 'not found' });
}

async function answerReadiness(options: HttpHostOptions, response: ServerResponse): Promise<void> {
  const checks = await Promise.all(
    Object.entries(options.readiness ?? {}).map(async ([name, check]) => [name, await isReady(check)] as const),
  );
  const unready = checks.filter(([, ready]) => !ready).map(([name]) => name);
  sendJson(response, unready.length === 0 ? 200 : 503, {
    service: options.service,
    ready: unready.length === 0,
    unready,
  });
}

async function isReady(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), READINESS_MS)));
  const checked = check().then(
    () => true,
    () => false,
  );
  return Promise.race([checked, late]).finally(() => clearTimeout(timer));
}

function listen(server: Server, { service, host, port }: HttpHostOptions): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigurationError(
              `${service}: port ${port} is taken. Stop the program that uses it, or set another port.`,
            )
          : new ConfigurationError(`${service}: cannot listen on ${host}:${port}: ${messageOf(error)}`),
      );
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo; // a TCP server that listens has an address object
      resolve({ port: address.port });
    });
  });
}

function drain(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // A kept-alive connection that is busy now is idle later, and would bring new requests until then.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
