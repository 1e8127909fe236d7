import { setTimeout as delay } from 'node:timers/promises';

import type { PlainEnd, SfuNode, SfuPeer, SfuRoom, SrtpKey } from './nodes/sfu-node';
import type { Received } from './participants/receivers';
import type { Surroundings } from './surroundings';
import { sentParameters } from './tracks';

export interface RoomPlan {
  /** Participants who send sound and picture. */
  readonly senders: number;
  /** Whether they receive each other; when not, only viewers receive. */
  readonly isMutual: boolean;
  /** What the node encrypts with towards the receivers; null: nothing is encrypted. */
  readonly cryptoSuite: SrtpKey['cryptoSuite'] | null;
}

/** Longer than from one key frame to the next: by then every picture flows. */
const KEY_FRAME_MS = 3_500;
const PROBE_SSRC = 99;
let nextRoom = 1;

/** A room on a node with synthetic participants, who send when they are told, and a probe that goes the same way. */
export class BenchRoom {
  readonly name = `room-${nextRoom++}`;
  /** Ports on which the node and the receivers take media. */
  readonly ports = { node: new Set<number>(), receivers: new Set<number>() };
  /** Tracks that the node hands on, the probe's left out. */
  consumers = 0;
  #receivers = 0;
  readonly #senders: { readonly peer: SfuPeer; readonly producerIds: readonly string[] }[] = [];

  private constructor(
    private readonly around: Surroundings,
    readonly node: SfuNode,
    private readonly plan: RoomPlan,
    private readonly room: SfuRoom,
  ) {}

  static async open(around: Surroundings, node: SfuNode, plan: RoomPlan): Promise<BenchRoom> {
    const opened = new BenchRoom(around, node, plan, await node.openRoom());
    for (let index = 0; index < plan.senders; index += 1) await opened.#addSender(index);
    if (plan.isMutual) for (const { peer } of opened.#senders) await opened.#receive(peer);
    await opened.#addProbe();
    return opened;
  }

  get senders(): number {
    return this.plan.senders;
  }

  /** To how many receivers each packet goes. */
  get receiversOfEach(): number {
    return this.plan.isMutual ? this.plan.senders - 1 : this.#receivers;
  }

  async addViewers(count: number): Promise<void> {
    for (let added = 0; added < count; added += 1) await this.#receive(await this.room.enter());
  }

  async start(): Promise<void> {
    await this.around.participants({ kind: 'start', room: this.name });
  }

  stop(): Promise<{ readonly sent: number; readonly latestMs: number }> {
    return this.around.participants({ kind: 'stop', room: this.name });
  }

  count(): Promise<Received> {
    return this.around.participants({ kind: 'count', room: this.name });
  }

  lookAfter(): Promise<void> {
    return this.room.lookAfter();
  }

  async close(): Promise<void> {
    await this.around.participants({ kind: 'close', room: this.name });
    await this.room.close();
  }

  async #addSender(index: number): Promise<void> {
    const peer = await this.room.enter();
    const to = await peer.openToSend();
    this.ports.node.add(to.port);
    const [audioSsrc, videoSsrc] = [1_000 + 2 * index, 1_001 + 2 * index];
    const voice = await peer.produce('audio', 'MICROPHONE', sentParameters('audio', audioSsrc));
    const picture = await peer.produce('video', 'CAMERA', sentParameters('video', videoSsrc));
    this.#senders.push({ peer, producerIds: [voice, picture] });
    const sender = { to, audioSsrc, videoSsrc };
    await this.around.participants({ kind: 'send', room: this.name, sender });
  }

  async #receive(peer: SfuPeer): Promise<void> {
    const { cryptoSuite } = this.plan;
    const { id, ...end } = await this.around.participants<PlainEnd & { id: string }>({
      kind: 'receive',
      room: this.name,
      cryptoSuite,
    });
    const node = await peer.openToReceive(end);
    this.ports.node.add(node.port);
    this.ports.receivers.add(end.port);
    const others = this.#senders.filter((sender) => sender.peer !== peer);
    const tracks = await peer.consume(others.flatMap(({ producerIds }) => producerIds));
    await this.around.participants({ kind: 'attach', id, node, tracks });
    this.consumers += tracks.length;
    this.#receivers += 1;
  }

  async #addProbe(): Promise<void> {
    const end = await this.around.probe<{ ip: string; port: number }>({ kind: 'open', name: this.name });
    const [sender, receiver] = [await this.room.enter(), await this.room.enter()];
    const to = await sender.openToSend();
    const producerId = await sender.produce('audio', 'SCREEN_AUDIO', sentParameters('audio', PROBE_SSRC));
    await receiver.openToReceive({ ...end, srtp: null });
    await receiver.consume([producerId]);
    await this.around.probe({ kind: 'aim', name: this.name, to, ssrc: PROBE_SSRC });
  }
}

/** Lets all in these rooms send until each receiver has had a key frame of each picture. */
export async function warmUp(rooms: readonly BenchRoom[]): Promise<void> {
  for (const room of rooms) await room.start();
  await delay(KEY_FRAME_MS);
  for (const room of rooms) await room.stop();
}
