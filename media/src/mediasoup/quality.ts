import type { types } from 'mediasoup';

import type { MediaResponse, mediaCommands } from '@terakoya/common/contracts';

import type { Peer } from './peer';
import { remembered } from './remembered-quality';

type Measured = MediaResponse<typeof mediaCommands.measureQuality>['participants'][number];
export type TrackQuality = Measured['tracks'][number];

/** How the tracks of a peer arrive and are sent on just now. */
export async function measurePeer(peer: Peer): Promise<Measured> {
  const [producers, consumers, transports] = await Promise.all([
    Promise.all([...peer.producers.values()].map(measureProducer)),
    Promise.all([...peer.consumers.values()].map(measureConsumer)),
    Promise.all([...peer.transports.values()].map((transport) => transport.getStats())),
  ]);
  const available = transports.flat().map(({ availableOutgoingBitrate }) => availableOutgoingBitrate ?? 0);
  const most = Math.max(0, ...available);
  return {
    participantId: peer.id.participantId,
    availableBitrate: most > 0 ? most : null,
    tracks: [...producers, ...consumers],
  };
}

/** How a track that a participant sends arrives. */
export function measureProducer(producer: types.Producer): Promise<TrackQuality> {
  const score = Math.max(0, ...producer.score.map((stream) => stream.score));
  const state = {
    score,
    producerScore: score,
    spatialLayer: null,
    isPaused: producer.paused,
  };
  return remembered(producer, state, async () => ({
    id: producer.id,
    producerId: producer.id,
    direction: 'SEND',
    kind: producer.kind,
    score,
    sourceScore: score,
    ...sumOf(await producer.getStats(), clockRateOf(producer)),
    spatialLayer: state.spatialLayer,
  }));
}

/** How a track is sent on to a participant. */
export function measureConsumer(consumer: types.Consumer): Promise<TrackQuality> {
  const { score, producerScore } = consumer.score;
  const state = {
    score,
    producerScore,
    spatialLayer: consumer.currentLayers?.spatialLayer ?? null,
    isPaused: consumer.paused || consumer.producerPaused,
  };
  return remembered(consumer, state, async () => {
    const streams = await consumer.getStats();
    return {
      id: consumer.id,
      producerId: consumer.producerId,
      direction: 'RECEIVE',
      kind: consumer.kind,
      score,
      sourceScore: producerScore,
      ...sumOf(
        streams.filter(({ type }) => type === 'outbound-rtp'),
        clockRateOf(consumer),
      ),
      spatialLayer: state.spatialLayer,
    };
  });
}

/** By track. mediasoup copies the parameters of a track, which never change, whenever they are read. */
const clockRates = new WeakMap<types.Producer | types.Consumer, number>();

/** Ticks of a track's RTP timestamps in a second. */
function clockRateOf(track: types.Producer | types.Consumer): number {
  const known = clockRates.get(track);
  if (known !== undefined) return known;
  const [codec] = track.rtpParameters.codecs;
  if (!codec) throw new RangeError('mediasoup makes no track without a codec.');
  clockRates.set(track, codec.clockRate);
  return codec.clockRate;
}

/** What mediasoup tells of a stream; RFC 3550 has the units: jitter in ticks of the clock, the share lost in 1/256. */
type StreamStats = Pick<
  types.ProducerStat | types.ConsumerStat,
  'bitrate' | 'packetsLost' | 'fractionLost' | 'jitter' | 'roundTripTime'
>;

/**
 * Simulcast has several streams: rates and losses add up, of the delays the longest counts. mediasoup tells a delay that it
 * has not measured as 0.
 */
export function sumOf(streams: readonly StreamStats[], clockRate: number) {
  const total = (read: (stream: StreamStats) => number): number => streams.reduce((sum, one) => sum + read(one), 0);
  const longest = (read: (stream: StreamStats) => number): number | null => Math.max(0, ...streams.map(read)) || null;
  const packetsLost = total((stream) => stream.packetsLost);
  const jitter = longest((stream) => stream.jitter);
  return {
    bitrate: total(({ bitrate }) => bitrate),
    packetsLost: Math.max(0, packetsLost),
    lossShare: Math.min(1, (longest(({ fractionLost }) => fractionLost) ?? 0) / 256),
    jitterMs: jitter === null ? null : (jitter / clockRate) * 1_000,
    roundTripMs: longest(({ roundTripTime }) => roundTripTime ?? 0),
  };
}
