import type { types } from 'mediasoup';

import type { RecordableRoom, RtpCodec, TrackSource, TrackTap } from '../recording/track-source';
import { asked } from './failures';
import type { Peer, PeerProducer } from './peer';
import type { Room } from './room';

const HOST = '127.0.0.1';
/** mediasoup takes the highest there is. */
const BEST_LAYERS = { spatialLayer: 7, temporalLayer: 7 };

/** A room as recordings see it. */
export function recordable(room: Room): RecordableRoom {
  return {
    id: room.id,
    watch({ trackAdded, closed }) {
      const observer = {
        producerAdded: (peer: Peer, producer: PeerProducer) => trackAdded(sourceOf(peer, producer)),
        closed,
      };
      room.observers.add(observer);
      for (const peer of room.peers) {
        for (const producer of peer.producers.values()) observer.producerAdded(peer, producer);
      }
      return () => void room.observers.delete(observer);
    },
  };
}

function sourceOf(peer: Peer, producer: PeerProducer): TrackSource {
  const { kind, id: trackId } = producer;
  return {
    track: { trackId, kind, participantId: peer.id.participantId, source: producer.appData.source },
    mimeType: producer.rtpParameters.codecs[0]?.mimeType ?? '',
    get isPaused() {
      return producer.paused;
    },
    get isClosed() {
      return producer.closed;
    },
    onChanged(listener) {
      const events = ['pause', 'resume', 'close'] as const;
      for (const event of events) producer.observer.on(event, listener);
      return () => {
        for (const event of events) producer.observer.off(event, listener);
      };
    },
    tap: (port) => asked('producerId', () => openTap(peer.router.router, producer, port)),
  };
}

/** A plain transport (RTP without encryption, inside this machine) with one consumer. */
async function openTap(router: types.Router, producer: PeerProducer, port: number): Promise<TrackTap> {
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: HOST }, rtcpMux: true });
  try {
    await transport.connect({ ip: HOST, port });
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: capabilitiesFor(router, producer),
      paused: true,
      ...(producer.type === 'simple' ? {} : { preferredLayers: BEST_LAYERS }),
    });
    return {
      codec: codecOf(consumer),
      resume: () => consumer.resume(),
      requestKeyFrame: () => consumer.requestKeyFrame(),
      close: () => transport.close(),
    };
  } catch (error) {
    transport.close();
    throw error;
  }
}

/**
 * The producer's codec and nothing else: no feedback, so that no bandwidth is estimated and layers are never lowered, and
 * no retransmission, which ffmpeg does not know.
 */
function capabilitiesFor(router: types.Router, producer: PeerProducer): types.RtpCapabilities {
  const mimeType = producer.rtpParameters.codecs[0]?.mimeType.toLowerCase();
  const codecs = (router.rtpCapabilities.codecs ?? []).filter((codec) => codec.mimeType.toLowerCase() === mimeType);
  return { codecs: codecs.map((codec) => ({ ...codec, rtcpFeedback: [] })), headerExtensions: [] };
}

function codecOf({ rtpParameters }: types.Consumer): RtpCodec {
  const [codec] = rtpParameters.codecs;
  if (!codec) throw new TypeError('A consumer has a codec.');
  const { mimeType, payloadType, clockRate, channels, parameters = {} } = codec;
  return { mimeType, payloadType, clockRate, parameters, ...(channels === undefined ? {} : { channels }) };
}
