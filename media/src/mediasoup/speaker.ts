import type { types } from 'mediasoup';

import type { PeerProducer } from './peer';
import type { RoomRouter, RoomRouters } from './room-routers';

/** At most one change of the speaker in this time. */
const INTERVAL_MS = 1_000;
/** Quieter than this is silence, in dBov (RFC 6464). */
const THRESHOLD_DBOV = -60;

/**
 * Tells who speaks loudest in a room. It listens on the room's first router, to which the voices of the others are
 * brought.
 */
export class SpeakerObserver {
  #observer: types.AudioLevelObserver | undefined;
  #loudest: string | null = null;

  constructor(
    private readonly routers: RoomRouters,
    private readonly onChanged: (producerId: string | null) => void,
  ) {}

  /** Listens on the room's first router; those that come later change nothing. */
  async listenOn({ router }: RoomRouter): Promise<void> {
    if (this.#observer) return;
    const options = { maxEntries: 1, threshold: THRESHOLD_DBOV, interval: INTERVAL_MS };
    this.#observer = await router.createAudioLevelObserver(options);
    this.#observer.on('volumes', ([loudest]) => this.#hear(loudest?.producer.id ?? null));
    this.#observer.on('silence', () => this.#hear(null));
  }

  async add(producer: PeerProducer, home: RoomRouter): Promise<void> {
    const [first] = this.routers.all;
    if (!first || !this.#observer) return;
    await this.routers.bring(producer.id, home, first);
    await this.#observer.addProducer({ producerId: producer.id });
  }

  #hear(producerId: string | null): void {
    if (producerId === this.#loudest) return;
    this.#loudest = producerId;
    this.onChanged(producerId);
  }
}
