/** Bare mediasoup: a worker, its routers and transports, made by the npm package alone. Told over IPC what to make. */
import { createWorker, type types } from 'mediasoup';

import type { RtpParameters } from '../../../common/contracts';
import { ROUTER_CODECS } from '../../../media/src/mediasoup/codecs';
import { presentRtpParameters, toRtpCapabilities, toRtpParameters } from '../../../media/src/mediasoup/present';
import { answerQuestions } from '../answer-questions';
import { RECEIVABLE, type TrackKind } from '../tracks';
import type { ConsumedTrack, PlainEnd } from './sfu-node';

/** What the process can be asked; each names what it made by an id. */
export type BareQuestion =
  | { readonly kind: 'room' }
  | { readonly kind: 'close'; readonly roomId: string }
  | { readonly kind: 'transport'; readonly roomId: string; readonly end: PlainEnd | null }
  | {
      readonly kind: 'produce';
      readonly transportId: string;
      readonly track: TrackKind;
      readonly rtpParameters: RtpParameters;
    }
  | { readonly kind: 'consume'; readonly transportId: string; readonly producerIds: readonly string[] };

export type BareTransport = PlainEnd & { readonly transportId: string };

const routers = new Map<string, types.Router>();
const transports = new Map<string, types.PlainTransport>();

async function openTransport(roomId: string, end: PlainEnd | null): Promise<BareTransport> {
  const transport = await get(routers, roomId).createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    comedia: end === null,
    ...(end?.srtp ? { enableSrtp: true, srtpCryptoSuite: end.srtp.cryptoSuite } : {}),
  });
  if (end) {
    const { ip, port, srtp } = end;
    await transport.connect({ ip, port, ...(srtp ? { srtpParameters: srtp } : {}) });
  }
  transports.set(transport.id, transport);
  transport.observer.once('close', () => transports.delete(transport.id));
  const { localAddress: ip, localPort: port } = transport.tuple;
  return { transportId: transport.id, ip, port, srtp: transport.srtpParameters ?? null };
}

async function consume(transportId: string, producerIds: readonly string[]): Promise<ConsumedTrack[]> {
  const rtpCapabilities = toRtpCapabilities(RECEIVABLE);
  return Promise.all(
    producerIds.map(async (producerId) => {
      const consumer = await get(transports, transportId).consume({ producerId, rtpCapabilities, paused: true });
      await consumer.resume();
      return { kind: consumer.kind, rtpParameters: presentRtpParameters(consumer.rtpParameters) };
    }),
  );
}

function get<T>(all: ReadonlyMap<string, T>, id: string): T {
  const found = all.get(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

async function main(): Promise<void> {
  const worker = await createWorker({ logLevel: 'error', workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? '' });
  answerQuestions<BareQuestion>(async (question) => {
    switch (question.kind) {
      case 'room': {
        const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS });
        routers.set(router.id, router);
        return { roomId: router.id };
      }
      case 'close':
        get(routers, question.roomId).close();
        return {};
      case 'transport':
        return openTransport(question.roomId, question.end);
      case 'produce': {
        const { track: kind, rtpParameters } = question;
        const options = { kind, rtpParameters: toRtpParameters(rtpParameters) };
        return { producerId: (await get(transports, question.transportId).produce(options)).id };
      }
      case 'consume':
        return { tracks: await consume(question.transportId, question.producerIds) };
    }
  });
}

void main();
