import type { Duplex } from 'node:stream';

import { firstFrame, lastFrame, textFrame } from '../protocol/frames';
import { MESSAGE_TAIL } from '../protocol/messages';
import type { Payload } from '../subscriptions/payload';

/**
 * Up to here a message is copied into a frame of its own, which is one write; a longer one is sent as two frames, the
 * second of which is the same bytes for everybody.
 */
const MOST_COPIED_BYTES = 16_384;

/** A payload and what ends a message, encoded once for all who get it. */
interface Encoded {
  readonly bytes: Buffer;
  /** The whole frame for the head it was last sent with: clients often choose the same id. */
  head: string;
  frame: Buffer | null;
  last: Buffer | null;
}

const encodings = new WeakMap<Payload, Encoded>();

/**
 * A way to send messages that begin with `head` and end with a payload, straight to the stream beneath a WebSocket:
 * each takes one string's bytes, made once for all, and one write.
 */
export function createSender(stream: Duplex, head: string): (payload: Payload) => void {
  const bytes = Buffer.from(head);
  let first: Buffer | null = null;
  return (payload) => {
    const encoded = encodings.get(payload) ?? encode(payload);
    if (encoded.bytes.byteLength > MOST_COPIED_BYTES) {
      stream.cork();
      stream.write((first ??= firstFrame(bytes)));
      stream.write((encoded.last ??= lastFrame(encoded.bytes)));
      stream.uncork();
      return;
    }
    if (encoded.frame === null || encoded.head !== head) {
      encoded.frame = textFrame(bytes, encoded.bytes);
      encoded.head = head;
    }
    stream.write(encoded.frame);
  };
}

function encode(payload: Payload): Encoded {
  const bytes = Buffer.from(payload.text + MESSAGE_TAIL);
  const encoded = { bytes, head: '', frame: null, last: null };
  encodings.set(payload, encoded);
  return encoded;
}
