import type { types } from 'mediasoup-client';

import { GraphError } from '../school/client';
import { restartIce } from './documents';
import type { MeetingGraph } from './graph';

/** A transport that is not connected so long after a restart of ICE is given up. */
const PATIENCE_MS = 8_000;
/** After how long it is tried again when the school cannot be reached. */
const AGAIN_MS = 500;

/** Watches a transport, and leads it over other addresses when its connection breaks. */
export class TransportKeeper {
  #isRestarting = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(
    private readonly graph: MeetingGraph,
    private readonly ticket: string,
    private readonly transport: types.Transport,
    private readonly onBroken: (why: unknown) => void,
  ) {
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') this.#calm();
      else if (state === 'disconnected' || state === 'failed') this.restart();
    });
  }

  /** Goes over to other addresses; does nothing before the first connection, and one restart at a time. */
  restart(): void {
    if (this.#isClosed || this.#isRestarting || this.transport.connectionState === 'new') return;
    this.#isRestarting = true;
    this.#patience ??= setTimeout(() => this.#lookAgain(), PATIENCE_MS);
    this.#restart()
      .catch((error: unknown) => this.#onFailure(error))
      .finally(() => (this.#isRestarting = false));
  }

  close(): void {
    this.#isClosed = true;
    this.#calm();
  }

  async #restart(): Promise<void> {
    const input = { ticket: this.ticket, transportId: this.transport.id };
    const { restartIce: answer } = await this.graph.ask(restartIce, { input });
    if (!this.#isClosed) await this.transport.restartIce({ iceParameters: answer.iceParameters });
  }

  #onFailure(error: unknown): void {
    if (this.#isClosed) return;
    if (error instanceof GraphError && error.code === 'UNAVAILABLE') {
      this.#again = setTimeout(() => this.restart(), AGAIN_MS);
    } else this.#giveUp(error);
  }

  #lookAgain(): void {
    if (this.transport.connectionState === 'connected') this.#calm();
    else this.#giveUp(new Error('ICE found no way.'));
  }

  #calm(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#again);
    this.#patience = undefined;
  }

  #giveUp(why: unknown): void {
    if (this.#isClosed) return;
    this.close();
    this.onBroken(why);
  }
}
