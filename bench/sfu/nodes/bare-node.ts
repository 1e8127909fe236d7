import { join } from 'node:path';

import type { RtpParameters } from '../../../common/contracts';
import { BenchProcess, FROM_SOURCE } from '../../gateway/bench-process';
import type { TrackKind } from '../tracks';
import type { BareQuestion, BareTransport } from './bare-main';
import type { ConsumedTrack, PlainEnd, SfuNode, SfuPeer } from './sfu-node';

const START_MS = 60_000;
const ANSWER_MS = 30_000;

/** Starts bare mediasoup: the same package, program, codecs and transports, and nothing of ours. */
export async function startBareNode(options: {
  readonly workerBin: string;
  readonly cores: string | undefined;
}): Promise<SfuNode> {
  const process = new BenchProcess({
    name: 'bare mediasoup',
    args: [...FROM_SOURCE, join(__dirname, 'bare-main.ts')],
    environment: { MEDIASOUP_WORKER_BIN: options.workerBin },
    cores: options.cores,
  });
  await process.message(START_MS);
  const ask: Ask = (question) => process.ask(question, ANSWER_MS);
  return {
    name: 'bare',
    process,
    openRoom: async () => {
      const { roomId } = await ask<{ roomId: string }>({ kind: 'room' });
      return {
        enter: async () => new BarePeer(ask, roomId),
        lookAfter: async () => undefined,
        close: async () => void (await ask({ kind: 'close', roomId })),
      };
    },
    stop: () => process.stop(),
  };
}

type Ask = <T>(question: BareQuestion) => Promise<T>;

class BarePeer implements SfuPeer {
  #send = '';
  #receive = '';

  constructor(
    private readonly ask: Ask,
    private readonly roomId: string,
  ) {}

  async openToSend(): Promise<PlainEnd> {
    const { transportId, ...end } = await this.#open(null);
    this.#send = transportId;
    return end;
  }

  async openToReceive(end: PlainEnd): Promise<PlainEnd> {
    const { transportId, ...answer } = await this.#open(end);
    this.#receive = transportId;
    return answer;
  }

  async produce(track: TrackKind, _source: string, rtpParameters: RtpParameters): Promise<string> {
    const question = { kind: 'produce', transportId: this.#send, track, rtpParameters } as const;
    return (await this.ask<{ producerId: string }>(question)).producerId;
  }

  async consume(producerIds: readonly string[]): Promise<readonly ConsumedTrack[]> {
    const question = { kind: 'consume', transportId: this.#receive, producerIds } as const;
    return (await this.ask<{ tracks: ConsumedTrack[] }>(question)).tracks;
  }

  #open(end: PlainEnd | null): Promise<BareTransport> {
    return this.ask<BareTransport>({ kind: 'transport', roomId: this.roomId, end });
  }
}
