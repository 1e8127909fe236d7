/** WebSocket frames as a server sends them: not masked, not compressed (RFC 6455, section 5.2). */
const FINAL = 0x80;
const TEXT = 0x1;
const CONTINUATION = 0x0;
const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

const EMPTY = Buffer.alloc(0);

/** A text message of these bytes, one part after the other, in one frame. */
export function textFrame(head: Buffer, tail: Buffer = EMPTY): Buffer {
  return frame(FINAL | TEXT, head, tail);
}

/** The first frame of a text message that goes on with `lastFrame`. */
export function firstFrame(part: Buffer): Buffer {
  return frame(TEXT, part, EMPTY);
}

/** The last frame of a message that was begun: the same bytes for everybody whose message ends so. */
export function lastFrame(part: Buffer): Buffer {
  return frame(FINAL | CONTINUATION, part, EMPTY);
}

function frame(first: number, head: Buffer, tail: Buffer): Buffer {
  const length = head.byteLength + tail.byteLength;
  const start = length < LENGTH_IN_16_BITS ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(start + length);
  bytes[0] = first;
  bytes[1] = start === 2 ? length : start === 4 ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
  if (start === 4) bytes.writeUInt16BE(length, 2);
  if (start === 10) bytes.writeBigUInt64BE(BigInt(length), 2);
  bytes.set(head, start);
  bytes.set(tail, start + head.byteLength);
  return bytes;
}
