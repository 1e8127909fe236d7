import { randomBytes } from 'node:crypto';
import { type Socket, connect } from 'node:net';

const TEXT = 0x1;
const CONTINUATION = 0x0;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const HEAD_END = '\r\n\r\n';

export interface RawSocketOptions {
  readonly port: number;
  readonly path: string;
  readonly subprotocol?: string;
  readonly onOpen: (socket: RawWebsocket) => void;
  /** The bytes of a message, or of its last part when it came in several; they are valid during the call only. */
  readonly onMessage: (bytes: Buffer, socket: RawWebsocket) => void;
  readonly onEnd: (why: string) => void;
}

/**
 * A WebSocket client that does next to nothing with what it receives, so that one process can hold thousands of them
 * and the server is what is measured: it finds the frames, and neither masks well nor checks much.
 */
export class RawWebsocket {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #isOpen = false;

  constructor(private readonly options: RawSocketOptions) {
    const { port, path, subprotocol, onEnd } = options;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const lines = [
      `GET ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      'upgrade: websocket',
      'connection: Upgrade',
      `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
      'sec-websocket-version: 13',
      ...(subprotocol ? [`sec-websocket-protocol: ${subprotocol}`] : []),
    ];
    this.#socket.write(lines.join('\r\n') + HEAD_END);
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('error', (error) => onEnd(error.message));
    this.#socket.on('close', () => onEnd('closed'));
  }

  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#isOpen) {
      const end = bytes.indexOf(HEAD_END);
      if (end === -1) return void (this.#rest = bytes);
      const head = bytes.subarray(0, end).toString('latin1');
      if (!head.startsWith('HTTP/1.1 101')) return this.options.onEnd(head);
      this.#isOpen = true;
      bytes = bytes.subarray(end + HEAD_END.length);
      this.options.onOpen(this);
    }
    this.#rest = this.#readFrames(bytes);
  }

  /** Reads all whole frames; gives what is left. */
  #readFrames(bytes: Buffer): Buffer {
    let at = 0;
    for (;;) {
      const left = bytes.length - at;
      if (left < 2) break;
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const start = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (left < start) break;
      const length =
        start === 2 ? short : start === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (left < start + length) break;
      this.#frame(bytes[at] ?? 0, bytes.subarray(at + start, at + start + length));
      at += start + length;
    }
    return at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
  }

  #frame(first: number, payload: Buffer): void {
    const opcode = first & 0x0f;
    const isFinal = (first & 0x80) !== 0;
    if (opcode === TEXT || opcode === CONTINUATION) {
      if (isFinal) this.options.onMessage(payload, this);
    } else if (opcode === PING) {
      this.#write(PONG, payload);
    } else if (opcode === CLOSE) {
      this.options.onEnd(`closed with ${payload.length >= 2 ? payload.readUInt16BE(0) : 'no code'}`);
    }
  }

  /** Masked with zeros: a client's frames must carry a mask, whichever. */
  #write(opcode: number, payload: Buffer): void {
    const head = payload.length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (payload.length < 126 ? payload.length : 126);
    if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }
}
