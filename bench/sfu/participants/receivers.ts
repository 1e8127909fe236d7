import { createWorker, type types } from 'mediasoup';

import { ROUTER_CODECS } from '../../../media/src/mediasoup/codecs';
import { toRtpParameters } from '../../../media/src/mediasoup/present';
import type { ConsumedTrack, PlainEnd, SrtpKey } from '../nodes/sfu-node';

/** Longer than any burst of a room takes to be read; the system may give less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export interface Received {
  readonly packets: number;
  /** By the gaps in sequence numbers, as of each stream's last receiver report. */
  readonly lostBySequence: number;
}

interface Receiver {
  readonly transport: types.PlainTransport;
  readonly producers: types.Producer[];
}

/** Participants who receive: a mediasoup worker of their own takes every track, decrypts it and sends receiver reports. */
export class Receivers {
  readonly #receivers = new Map<string, Receiver>();

  private constructor(private readonly router: types.Router) {}

  static async open(workerBin: string): Promise<Receivers> {
    const worker = await createWorker({ logLevel: 'error', workerBin });
    return new Receivers(await worker.createRouter({ mediaCodecs: ROUTER_CODECS }));
  }

  async add(cryptoSuite: SrtpKey['cryptoSuite'] | null): Promise<PlainEnd & { readonly id: string }> {
    const transport = await this.router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1', recvBufferSize: RECEIVE_BUFFER_BYTES },
      rtcpMux: true,
      ...(cryptoSuite ? { enableSrtp: true, srtpCryptoSuite: cryptoSuite } : {}),
    });
    this.#receivers.set(transport.id, { transport, producers: [] });
    const { localAddress: ip, localPort: port } = transport.tuple;
    return { id: transport.id, ip, port, srtp: transport.srtpParameters ?? null };
  }

  /** Tells a receiver where its tracks come from and which they are. */
  async attach(id: string, { ip, port, srtp }: PlainEnd, tracks: readonly ConsumedTrack[]): Promise<void> {
    const { transport, producers } = this.#get(id);
    await transport.connect({ ip, port, ...(srtp ? { srtpParameters: srtp } : {}) });
    const options = tracks.map(({ kind, rtpParameters }) => ({ kind, rtpParameters: toRtpParameters(rtpParameters) }));
    producers.push(...(await Promise.all(options.map((one) => transport.produce(one)))));
  }

  /** What receivers have received since they were attached. */
  async count(ids: readonly string[]): Promise<Received> {
    const producers = ids.flatMap((id) => this.#get(id).producers);
    const streams = (await Promise.all(producers.map((producer) => producer.getStats()))).flat();
    const total = (read: (stream: types.ProducerStat) => number) => streams.reduce((sum, one) => sum + read(one), 0);
    return { packets: total((one) => one.packetCount), lostBySequence: total((one) => one.packetsLost) };
  }

  close(ids: readonly string[]): void {
    for (const id of ids) {
      this.#get(id).transport.close();
      this.#receivers.delete(id);
    }
  }

  #get(id: string): Receiver {
    const found = this.#receivers.get(id);
    if (!found) throw new Error(`there is no receiver ${id}`);
    return found;
  }
}
