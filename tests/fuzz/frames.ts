import type { DocumentFuzz } from './documents';
import { mutate, mutateBytes } from './mutate';
import type { Random } from './random';

/** What a WebSocket client sends, as whole frames of bytes (RFC 6455). */
export interface FuzzFrames {
  readonly protocol: string;
  readonly frames: readonly Buffer[];
  /** Whether every frame is whole and well-formed, so that the connection still understands a ping after them. */
  readonly isWellFormed: boolean;
}

const TYPES = ['subscribe', 'subscribe', 'complete', 'ping', 'pong', 'connection_init', 'next', 'error', 'x', 7];
const PROTOCOLS = ['graphql-transport-ws', 'graphql-transport-ws', 'graphql-transport-ws', 'graphql-ws', 'x', ''];

/** Makes WebSocket conversations: messages of graphql-transport-ws in any order and form, and broken frames. */
export class FrameFuzz {
  constructor(
    private readonly documents: DocumentFuzz,
    private readonly random: Random,
    /** An access token that is valid. */
    private readonly token: string,
  ) {}

  any(): FuzzFrames {
    const { random } = this;
    const messages = Array.from({ length: 1 + random.below(5) }, (_, index) => this.#message(index));
    const frames = messages.map((text) => frame(1, Buffer.from(text), random));
    const isWellFormed = random.chance(0.75);
    const protocol = random.pick(isWellFormed ? PROTOCOLS.slice(0, 3) : PROTOCOLS);
    return { protocol, isWellFormed, frames: isWellFormed ? frames : [...frames, this.#broken()] };
  }

  #message(index: number): string {
    const { random } = this;
    if (index === 0 && random.chance(0.9)) return JSON.stringify({ type: 'connection_init', ...this.#initPayload() });
    if (random.chance(0.7)) {
      const payload = { query: this.documents.any(), ...(random.chance(0.2) ? { variables: { id: 'x' } } : {}) };
      return JSON.stringify({ id: String(index), type: 'subscribe', payload });
    }
    const whole = JSON.stringify({
      type: random.pick(TYPES),
      ...(random.chance(0.9) ? { id: random.pick<unknown>(['1', '2', '', 7, null, 'x'.repeat(200)]) } : {}),
      ...(random.chance(0.9) ? { payload: this.#payload() } : {}),
    });
    return random.chance(0.25) ? mutate(whole, random) : whole;
  }

  #initPayload(): object {
    if (this.random.chance(0.5)) return { payload: { authorization: `Bearer ${this.token}` } };
    if (this.random.chance(0.7)) return {};
    return this.random.pick<object>([
      {},
      { payload: {} },
      { payload: { authorization: 'Bearer x' } },
      { payload: null },
      { payload: 'x' },
      { payload: { Authorization: 7 } },
    ]);
  }

  #payload(): unknown {
    const { random } = this;
    const query = this.documents.any();
    return random.pick<unknown>([
      { query },
      { query },
      { query },
      { query, variables: { id: 'x', after: 'y' } },
      { query, extensions: { traceparent: 7, persistedQuery: {} } },
      { query, operationName: 7 },
      {},
      null,
      'x',
      [],
    ]);
  }

  #broken(): Buffer {
    const { random } = this;
    const text = frame(1, Buffer.from('{"type":"ping"}'), random);
    return random.pick<() => Buffer>([
      () => mutateBytes(text, random),
      () => frame(3 + random.below(5), Buffer.from('x'), random), // reserved opcodes
      () => frame(1, Buffer.from([0xc3, 0x28]), random), // not UTF-8
      () => frame(0, Buffer.from('x'), random), // continues nothing
      () => frame(9, Buffer.alloc(126), random), // a ping that is too long
      () => frame(2, Buffer.from('{"type":"ping"}'), random), // binary
      () => Buffer.from([0x81, 0x02, 0x7b, 0x7d]), // not masked
      () => Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), // reserved bits
      () => Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]), // 2^63 bytes announced
      () => frame(1, Buffer.alloc(120_000, 0x20), random), // longer than a message may be
      () => frame(8, Buffer.from([0x03]), random), // a close code of one byte
      () => frame(8, Buffer.from([0x03, 0xed]), random), // 1005, which is never sent
      () => text.subarray(0, 1 + random.below(text.length)),
    ])();
  }
}

/** A masked frame that ends its message. */
export function frame(opcode: number, payload: Buffer, random: Random): Buffer {
  const length = payload.length;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + extended + 4);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) head.writeUInt16BE(length, 2);
  if (extended === 8) head.writeBigUInt64BE(BigInt(length), 2);
  const mask = Buffer.from([random.below(256), random.below(256), random.below(256), random.below(256)]);
  mask.copy(head, 2 + extended);
  return Buffer.concat([head, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

/** The whole frames of what a server sent after its handshake. */
export function* framesIn(bytes: Buffer): Generator<{ readonly opcode: number; readonly payload: Buffer }> {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (at + 2 + extended > bytes.length) return;
    const long =
      extended === 2 ? bytes.readUInt16BE(at + 2) : extended === 8 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
    const from = at + 2 + extended;
    if (from + long > bytes.length) return;
    yield { opcode: (bytes[at] ?? 0) & 0x0f, payload: bytes.subarray(from, from + long) };
    at = from + long;
  }
}
