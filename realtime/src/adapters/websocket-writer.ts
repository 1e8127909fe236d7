import type { Duplex } from 'node:stream';

import { firstFrame, lastFrame, textFrame } from '../protocol/frames';
import { MESSAGE_TAIL } from '../protocol/messages';
import type { Payload } from '../subscriptions/payload';

/**
 * Up to here a message is copied into a frame of its own; a longer one is sent as two frames, the second of which is the
 * same bytes for everybody.
 */
const MOST_COPIED_BYTES = 16_384;

/** A payload and what ends a message, encoded once for all who get it. */
interface Encoded {
  readonly payload: Payload;
  readonly bytes: Buffer;
  /** The whole frame for the head it was last sent with: clients often choose the same id. */
  head: Buffer | null;
  frame: Buffer | null;
  last: Buffer | null;
}

/** One payload goes to all of its sockets before the next one does, so the last one is all there is to remember. */
let lastEncoded: Encoded | null = null;

function encode(payload: Payload): Encoded {
  const bytes = Buffer.from(payload.text + MESSAGE_TAIL);
  return (lastEncoded = { payload, bytes, head: null, frame: null, last: null });
}

/**
 * Writes the messages that go to many straight to the stream beneath a WebSocket: of each, only what differs is made for
 * one socket. What is written in one turn of the event loop leaves with one system call a socket, which is what a message
 * costs most.
 */
export class WebsocketWriter {
  #pending: Buffer[] = [];
  #bytes = 0;

  constructor(
    private readonly stream: Duplex,
    private readonly turn: WritingTurn,
  ) {}

  /** Bytes that have not left this process. */
  get waitingBytes(): number {
    return this.stream.writableLength + this.#bytes;
  }

  /** A way to write messages that begin with `head` and end with a payload. */
  sender(head: string): (payload: Payload) => void {
    const headBytes = Buffer.from(head);
    let first: Buffer | null = null;
    return (payload) => {
      const encoded = lastEncoded?.payload === payload ? lastEncoded : encode(payload);
      if (encoded.bytes.byteLength > MOST_COPIED_BYTES) {
        this.#add((first ??= firstFrame(headBytes)));
        this.#add((encoded.last ??= lastFrame(encoded.bytes)));
        return;
      }
      if (encoded.frame === null || encoded.head === null || !encoded.head.equals(headBytes)) {
        encoded.frame = textFrame(headBytes, encoded.bytes);
        encoded.head = headBytes;
      }
      this.#add(encoded.frame);
    };
  }

  /** Hands over what waits, before anything else is written to the stream. */
  flush(): void {
    const { stream } = this;
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    this.#bytes = 0;
    if (stream.destroyed) return;
    const [only] = pending;
    if (pending.length === 1 && only) return void stream.write(only);
    stream.cork();
    for (const frame of pending) stream.write(frame);
    stream.uncork();
  }

  #add(frame: Buffer): void {
    if (this.#pending.length === 0) this.turn.add(this);
    this.#pending.push(frame);
    this.#bytes += frame.byteLength;
  }
}

/** The sockets that are written to in one turn of the event loop. */
export class WritingTurn {
  #writers: WebsocketWriter[] = [];

  add(writer: WebsocketWriter): void {
    if (this.#writers.length === 0) setImmediate(() => this.#flush());
    this.#writers.push(writer);
  }

  #flush(): void {
    const writers = this.#writers;
    this.#writers = [];
    for (const writer of writers) writer.flush();
  }
}
