import type { Socket } from 'node:dgram';

import { connectSocket } from '../connected-socket';
import { AUDIO, VIDEO } from '../tracks';
import { RtpTrack } from './rtp-track';

const TICK_MS = 2;

export interface SenderOptions {
  readonly to: { readonly ip: string; readonly port: number };
  readonly audioSsrc: number;
  readonly videoSsrc: number;
}

interface Flow {
  readonly track: RtpTrack;
  readonly everyMs: number;
  dueAt: number;
}

interface Sender {
  readonly socket: Socket;
  readonly flows: readonly Flow[];
}

/** Participants of one room who send sound and picture in real time, each in a rhythm shifted against the others'. */
export class Senders {
  readonly #senders: Sender[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** How much later than due a packet was sent at worst, in milliseconds. */
  #latest = 0;

  async add({ to, audioSsrc, videoSsrc }: SenderOptions): Promise<void> {
    const index = this.#senders.length;
    const flow = (track: RtpTrack, everyMs: number): Flow => ({ track, everyMs, dueAt: 0 });
    this.#senders.push({
      socket: await connectSocket(to),
      flows: [
        flow(new RtpTrack('audio', audioSsrc, index), AUDIO.everyMs),
        flow(new RtpTrack('video', videoSsrc, index), VIDEO.everyMs),
      ],
    });
  }

  start(): void {
    const now = performance.now();
    this.#latest = 0;
    this.#senders.forEach(({ flows }, index) => {
      for (const flow of flows) flow.dueAt = now + (flow.everyMs * index) / this.#senders.length;
    });
    this.#timer = setInterval(() => this.#send(), TICK_MS);
  }

  /** Ends the sending and tells how many packets were sent in all since the senders were made. */
  stop(): { readonly sent: number; readonly latestMs: number } {
    clearInterval(this.#timer);
    const tracks = this.#senders.flatMap(({ flows }) => flows.map(({ track }) => track.sent));
    return { sent: tracks.reduce((sum, one) => sum + one, 0), latestMs: this.#latest };
  }

  close(): void {
    this.stop();
    for (const { socket } of this.#senders) socket.close();
  }

  #send(): void {
    const now = performance.now();
    for (const { socket, flows } of this.#senders) {
      for (const flow of flows) {
        while (flow.dueAt <= now) {
          this.#latest = Math.max(this.#latest, now - flow.dueAt);
          flow.dueAt += flow.everyMs;
          for (const packet of flow.track.next(now)) socket.send(packet);
        }
      }
    }
  }
}
