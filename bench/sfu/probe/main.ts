/**
 * Measures how long a packet is on its way through a node: a process of its own sends packets with the time in them and
 * receives them again, each once through the node and at the same moment once directly, which is the part of the system
 * and of this process. Both ends are here, so there is one clock.
 */
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { answerQuestions } from '../answer-questions';
import { connectSocket } from '../connected-socket';
import { AUDIO } from '../tracks';
import { type Delays, delaysOf } from './delays';

/** What the process can be asked; `name` is any that the asker gives a probe. */
export type ProbeQuestion =
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'aim'; readonly name: string; readonly to: { ip: string; port: number }; readonly ssrc: number }
  | { readonly kind: 'run'; readonly names: readonly string[]; readonly seconds: number };

export interface ProbeResult {
  readonly through: Delays;
  readonly direct: Delays;
}

const EVERY_MS = 10;
/** What has not come so long after the last was sent does not come. */
const LAST_MS = 200;
/** Header of RTP, then the number of the run and the time in nanoseconds, which stay last behind extensions that the node adds. */
const PACKET_BYTES = 12 + 4 + 8;

class Probe {
  readonly #through: number[] = [];
  readonly #direct: number[] = [];
  #ways: readonly Socket[] = [];
  #sequence = 0;
  #run = 0;
  #ssrc = 0;

  private constructor(
    private readonly from: Socket,
    private readonly beside: Socket,
  ) {
    from.on('message', (packet) => this.#note(packet, this.#through));
    beside.on('message', (packet) => this.#note(packet, this.#direct));
  }

  static async open(): Promise<Probe> {
    return new Probe(await listen(), await listen());
  }

  get end() {
    return { ip: '127.0.0.1', port: this.from.address().port };
  }

  async aim(to: { readonly ip: string; readonly port: number }, ssrc: number): Promise<void> {
    this.#ssrc = ssrc;
    const beside = { ip: '127.0.0.1', port: this.beside.address().port };
    this.#ways = [await connectSocket(to), await connectSocket(beside)];
  }

  async run(seconds: number): Promise<ProbeResult> {
    this.#run += 1;
    this.#through.length = 0;
    this.#direct.length = 0;
    const count = Math.floor((seconds * 1_000) / EVERY_MS);
    const began = performance.now();
    for (let index = 0; index < count; index += 1) {
      await delay(Math.max(1, began + index * EVERY_MS - performance.now()));
      for (const way of this.#ways) way.send(this.#packet());
    }
    await delay(LAST_MS);
    return { through: delaysOf(this.#through, count), direct: delaysOf(this.#direct, count) };
  }

  #packet(): Buffer {
    this.#sequence += 1;
    const packet = Buffer.alloc(PACKET_BYTES);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(AUDIO.payloadType, 1);
    packet.writeUInt16BE(this.#sequence & 0xffff, 2);
    packet.writeUInt32BE((this.#sequence * 48 * EVERY_MS) >>> 0, 4);
    packet.writeUInt32BE(this.#ssrc, 8);
    packet.writeUInt32BE(this.#run, PACKET_BYTES - 12);
    packet.writeBigUInt64BE(process.hrtime.bigint(), PACKET_BYTES - 8);
    return packet;
  }

  /** RTCP, which is no media, has another type where RTP has its payload's. */
  #note(packet: Buffer, delays: number[]): void {
    const now = process.hrtime.bigint();
    const isRtcp = packet.readUInt8(1) >= 192 && packet.readUInt8(1) <= 223;
    if (isRtcp || packet.readUInt32BE(packet.length - 12) !== this.#run) return;
    delays.push(Number(now - packet.readBigUInt64BE(packet.length - 8)) / 1e6);
  }
}

async function listen(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

const probes = new Map<string, Probe>();

function get(name: string): Probe {
  const probe = probes.get(name);
  if (!probe) throw new Error(`there is no probe ${name}`);
  return probe;
}

answerQuestions<ProbeQuestion>(async (question) => {
  switch (question.kind) {
    case 'open': {
      const probe = await Probe.open();
      probes.set(question.name, probe);
      return probe.end;
    }
    case 'aim':
      await get(question.name).aim(question.to, question.ssrc);
      return {};
    case 'run':
      return { results: await Promise.all(question.names.map((name) => get(name).run(question.seconds))) };
  }
});
