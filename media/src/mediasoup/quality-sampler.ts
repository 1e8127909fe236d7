import type { types } from 'mediasoup';

import { gauge, histogram } from '@terakoya/common/telemetry';

import type { Peer } from './peer';
import { type TrackQuality, measureConsumer, measureProducer } from './quality';

const SHARES = [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5];
const SCORES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const SHORT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

const DIRECTION = ['direction'] as const;
const score = histogram(
  'terakoya_media_score',
  "mediasoup's score of tracks, 0 (nothing arrives) to 10, as sampled.",
  DIRECTION,
  SCORES,
);
const loss = histogram(
  'terakoya_media_loss_ratio',
  'Share of packets lost on the way, 0 to 1, of tracks as sampled.',
  DIRECTION,
  SHARES,
);
const jitter = histogram(
  'terakoya_media_jitter_seconds',
  'Jitter (RFC 3550) of tracks as sampled.',
  DIRECTION,
  SHORT_SECONDS,
);
const roundTrip = histogram(
  'terakoya_media_round_trip_seconds',
  'Round trips between the node and clients, of tracks as sampled.',
  [],
  SHORT_SECONDS,
);
const bitrate = gauge(
  'terakoya_media_bitrate_bps',
  'Bits per second of all tracks that flow, each as it was last sampled.',
  DIRECTION,
);

type Track =
  | { readonly direction: 'SEND'; readonly media: types.Producer }
  | { readonly direction: 'RECEIVE'; readonly media: types.Consumer };

/** What is sampled of the rooms of a node. */
interface SampledRooms {
  readonly all: readonly { readonly peers: Iterable<Pick<Peer, 'producers' | 'consumers'>> }[];
}

/**
 * Observes how media goes: of all tracks that flow so many in each turn, one after the other, so that the cost is the same
 * in a full house. `SEND` and `RECEIVE` are as participants see them.
 */
export class QualitySampler {
  /** Of each track, what it had when it was last measured. */
  readonly #bitrates = new WeakMap<Track['media'], number>();
  #next = 0;

  constructor(
    private readonly rooms: SampledRooms,
    private readonly tracksPerTurn: number,
  ) {}

  /** One turn: measures the tracks whose turn it is. */
  async sample(): Promise<void> {
    const flowing = this.rooms.all.flatMap((room) => [...room.peers].flatMap(tracksOf));
    const count = Math.min(this.tracksPerTurn, flowing.length);
    const first = flowing.length === 0 ? 0 : this.#next % flowing.length;
    const turn = [...flowing, ...flowing].slice(first, first + count);
    this.#next = first + count;
    await Promise.all(turn.map((track) => this.#measure(track)));
    for (const direction of ['SEND', 'RECEIVE'] as const) {
      const known = flowing.filter((one) => one.direction === direction && !one.media.closed);
      bitrate.set(
        { direction },
        known.reduce((sum, { media }) => sum + (this.#bitrates.get(media) ?? 0), 0),
      );
    }
  }

  /** One that closes meanwhile has nothing more to tell. */
  async #measure(track: Track): Promise<void> {
    try {
      const measured = await (track.direction === 'SEND' ? measureProducer(track.media) : measureConsumer(track.media));
      this.#bitrates.set(track.media, measured.bitrate);
      observe(measured);
    } catch (error) {
      if (!track.media.closed) throw error;
    }
  }
}

/** What flows: a paused track has no score, and nothing of it can be lost. */
function tracksOf({ producers, consumers }: Pick<Peer, 'producers' | 'consumers'>): Track[] {
  const sent = [...producers.values()].filter(({ paused }) => !paused);
  const received = [...consumers.values()].filter(({ paused, producerPaused }) => !paused && !producerPaused);
  return [
    ...sent.map((media) => ({ direction: 'SEND', media }) as const),
    ...received.map((media) => ({ direction: 'RECEIVE', media }) as const),
  ];
}

function observe({ direction, ...measured }: TrackQuality): void {
  score.observe({ direction }, measured.score);
  loss.observe({ direction }, measured.lossShare);
  if (measured.jitterMs !== null) jitter.observe({ direction }, measured.jitterMs / 1_000);
  if (measured.roundTripMs !== null) roundTrip.observe({}, measured.roundTripMs / 1_000);
}
