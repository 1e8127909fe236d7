import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

import { type FuzzFrames, frame, framesIn } from './frames';
import type { Random } from './random';
import type { FuzzRequest } from './requests';

/** How long an answer may take; without one in this time the server hangs. */
const BOUND_MS = 10_000;

/** Opcodes of RFC 6455. */
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** How long a client that has sent half of something waits before it goes. */
const BROKEN_OFF_MS = 30;

/** What came back: an HTTP response or frames as bytes, until the server closed or said all it had to say. */
export interface FuzzAnswer {
  readonly bytes: Buffer;
  readonly hung: boolean;
}

/** Sends a request and waits until the server has closed the connection. */
export async function attackHttp(port: number, { bytes, isWhole }: FuzzRequest): Promise<FuzzAnswer> {
  const socket = open(port);
  socket.write(bytes);
  if (!isWhole) setTimeout(() => socket.end(), BROKEN_OFF_MS);
  return read(socket, () => false);
}

/** Connects a WebSocket, sends a frame, then (once acknowledged) the others and a last ping, and waits for pong or close. */
export async function attackWebSocket(port: number, fuzz: FuzzFrames, random: Random): Promise<FuzzAnswer> {
  const socket = open(port);
  const head = [
    'GET /graphql HTTP/1.1',
    'host: 127.0.0.1',
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    ...(fuzz.protocol ? [`sec-websocket-protocol: ${fuzz.protocol}`] : []),
  ];
  const [first = Buffer.alloc(0), ...others] = fuzz.frames;
  socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), first]));
  const sendRest = (): void => {
    clearTimeout(timer);
    socket.off('data', onData);
    if (!socket.destroyed) socket.write(Buffer.concat([...others, frame(PING, Buffer.from('last'), random)]));
  };
  const onData = (chunk: Buffer): void => {
    if (chunk.includes('connection_ack')) sendRest();
  };
  const timer = setTimeout(sendRest, BROKEN_OFF_MS); // whoever is not acknowledged goes on all the same
  socket.on('data', onData);
  const isOver = (received: Buffer): boolean => {
    const from = received.indexOf('\r\n\r\n') + 4;
    return [...framesIn(received.subarray(from))].some(({ opcode }) => opcode === CLOSE || opcode === PONG);
  };
  if (!fuzz.isWellFormed) setTimeout(() => socket.end(), 3 * BROKEN_OFF_MS);
  return read(socket, isOver);
}

function open(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false });
  socket.on('error', () => undefined); // the server may cut what it cannot read
  return socket;
}

async function read(socket: Socket, isOver: (received: Buffer) => boolean): Promise<FuzzAnswer> {
  let received = Buffer.alloc(0);
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    socket.destroy();
  }, BOUND_MS);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (isOver(received)) socket.destroy();
  });
  if (!socket.closed) await once(socket, 'close').catch(() => undefined);
  clearTimeout(timer);
  return { bytes: received, hung };
}
