import { type Socket, connect } from 'node:net';

const HEAD_END = '\r\n\r\n';
const CHUNKS_END = Buffer.from('0\r\n\r\n');

/** One response, as far as a load generator looks at it. */
export interface ResponseSeen {
  readonly status: number;
  /** Bytes on the wire after the head. */
  readonly bytes: number;
}

/**
 * A kept-alive HTTP/1.1 connection that sends one request at a time and reads as little as it may of the responses:
 * status, length, end. It costs a tenth of a full client, so that the generator is not what is measured.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #pending: PromiseWithResolvers<ResponseSeen> | undefined;
  #head = '';
  #status = 0;
  #bytes = 0;
  /** Bytes of the body, or null when its end is marked (chunked). */
  #length: number | null = 0;
  #tail: Buffer = Buffer.alloc(0);

  constructor(host: string, port: number) {
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#pending?.reject(error));
    this.#socket.on('close', () => this.#pending?.reject(new Error('the connection was closed')));
  }

  /** Sends a whole request (head and body) and resolves with its response; rejects when the connection ends. */
  send(request: Buffer): Promise<ResponseSeen> {
    this.#head = '';
    this.#status = 0;
    this.#bytes = 0;
    this.#tail = Buffer.alloc(0);
    this.#pending = Promise.withResolvers();
    this.#socket.write(request);
    return this.#pending.promise;
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const body = this.#status === 0 ? this.#readHead(chunk) : chunk;
    if (!body) return;
    this.#bytes += body.byteLength;
    if (this.#length === null ? this.#isLastChunk(body) : this.#bytes >= this.#length) {
      this.#pending?.resolve({ status: this.#status, bytes: this.#bytes });
    }
  }

  /** The part of the chunk after the head; undefined while the head goes on. */
  #readHead(chunk: Buffer): Buffer | undefined {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1');
    const end = this.#head.indexOf(HEAD_END);
    if (end < 0) return undefined;
    const head = this.#head.slice(0, end);
    this.#status = Number(head.slice(9, 12));
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    this.#length = length === undefined ? null : Number(length);
    return chunk.subarray(end + HEAD_END.length - before);
  }

  /** JSON has no line breaks of its own inside, so this sequence is the end of a chunked body and nothing else. */
  #isLastChunk(body: Buffer): boolean {
    const tail = Buffer.concat([this.#tail, body.subarray(-CHUNKS_END.byteLength)]);
    this.#tail = tail.subarray(-CHUNKS_END.byteLength);
    return this.#tail.equals(CHUNKS_END);
  }
}
