import type { types } from 'mediasoup';

import type { MediaResponse, mediaCommands } from '@terakoya/common/contracts';

import type { Peer } from './peer';

type Measured = MediaResponse<typeof mediaCommands.measureQuality>['participants'][number];
type TrackQuality = Measured['tracks'][number];

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

async function measureProducer(producer: types.Producer): Promise<TrackQuality> {
  const streams = await producer.getStats();
  return {
    id: producer.id,
    producerId: producer.id,
    direction: 'SEND',
    kind: producer.kind,
    score: Math.max(0, ...producer.score.map(({ score }) => score)),
    ...sumOf(streams),
    spatialLayer: null,
  };
}

async function measureConsumer(consumer: types.Consumer): Promise<TrackQuality> {
  const streams = await consumer.getStats();
  return {
    id: consumer.id,
    producerId: consumer.producerId,
    direction: 'RECEIVE',
    kind: consumer.kind,
    score: consumer.score.score,
    ...sumOf(streams.filter(({ type }) => type === 'outbound-rtp')),
    spatialLayer: consumer.currentLayers?.spatialLayer ?? null,
  };
}

type StreamStats = Awaited<ReturnType<types.Producer['getStats']>>[number] | types.ConsumerStat;

/** Simulcast has several streams: rates and losses add up, of the delays the longest counts. */
function sumOf(streams: readonly StreamStats[]) {
  const total = (read: (stream: StreamStats) => number): number => streams.reduce((sum, one) => sum + read(one), 0);
  const longest = (values: readonly (number | undefined)[]): number | null => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    bitrate: total(({ bitrate }) => bitrate),
    packetsLost: Math.max(
      0,
      total(({ packetsLost }) => packetsLost),
    ),
    /** RFC 3550 tells the share of lost packets in 1/256. */
    lossShare: Math.min(1, Math.max(0, ...streams.map(({ fractionLost }) => fractionLost)) / 256),
    jitterMs: longest(streams.map((stream) => ('jitter' in stream ? Number(stream.jitter) : undefined))),
    roundTripMs: longest(streams.map(({ roundTripTime }) => roundTripTime)),
  };
}
