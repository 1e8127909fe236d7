import { join } from 'node:path';

import { v7 as uuid } from 'uuid';

import { IDENTITY_HEADER, createIdentityHeaders } from '../../../common/auth';
import { Secret } from '../../../common/config';
import {
  type MediaCommand,
  type MediaPeer,
  type MediaRequest,
  type MediaResponse,
  type MediaRoom,
  type RtpParameters,
  openPlainTransport,
  mediaCommands as told,
} from '../../../common/contracts';
import { BenchProcess, FROM_SOURCE } from '../../gateway/bench-process';
import { RECEIVABLE, type TrackKind } from '../tracks';
import type { ConsumedTrack, PlainEnd, SfuNode, SfuPeer, SfuRoom } from './sfu-node';

const SECRET = 'a-secret-of-the-bench-with-32-characters';
const ROOT = join(__dirname, '..', '..', '..');
const START_MS = 60_000;
const COMMAND_MS = 30_000;
/** The most that one `consume` takes. */
const TRACKS_AT_ONCE = 100;
const PARTICIPANTS_AT_ONCE = 200;

/** Starts the media service as it is deployed, with one worker, commanded as `meetings` commands it. */
export async function startOurNode(options: {
  readonly workerBin: string;
  readonly redisUrl: string;
  readonly cores: string | undefined;
}): Promise<SfuNode> {
  const process = new BenchProcess({
    name: 'the media node',
    args: [...FROM_SOURCE, join(ROOT, 'media', 'src', 'main.ts')],
    environment: {
      PORT: '0',
      LOG_LEVEL: 'warn',
      REDIS_URL: options.redisUrl,
      REDIS_PREFIX: `bench-${uuid()}`,
      IDENTITY_SECRET: SECRET,
      MEDIASOUP_WORKERS: '1',
      MEDIASOUP_WORKER_BIN: options.workerBin,
      MEDIA_PLAIN_TRANSPORTS: 'true',
    },
    cores: options.cores,
  });
  const { port } = await process.message<{ port: number }>(START_MS);
  const control = new Control(`http://127.0.0.1:${port}`);
  return {
    name: 'ours',
    process,
    openRoom: async () => new OurRoom(control),
    stop: () => process.stop(),
  };
}

/** The control API of a node. */
class Control {
  readonly #headers = createIdentityHeaders(new Secret(SECRET));

  constructor(private readonly base: string) {}

  async command<C extends MediaCommand>(command: C, request: MediaRequest<C>): Promise<MediaResponse<C>> {
    const response = await fetch(`${this.base}/control/${command.name}`, {
      method: 'POST',
      headers: { [IDENTITY_HEADER]: this.#headers.sign({ caller: 'meetings', viewer: null }) },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(COMMAND_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${command.name}: ${response.status} ${text}`);
    return command.response.parse(JSON.parse(text)) as MediaResponse<C>; // parsed by the very schema it is the type of
  }
}

class OurRoom implements SfuRoom {
  readonly #room: MediaRoom = { meetingId: uuid(), epoch: 1 };
  readonly #participantIds: string[] = [];

  constructor(private readonly control: Control) {}

  async enter(): Promise<SfuPeer> {
    const peer = { participantId: uuid(), sessionId: uuid() };
    await this.control.command(told.joinRoom, { room: this.#room, peer, directions: [] });
    this.#participantIds.push(peer.participantId);
    return new OurPeer(this.control, this.#room, peer);
  }

  async lookAfter(): Promise<void> {
    const participantIds = this.#participantIds.slice(0, PARTICIPANTS_AT_ONCE);
    await this.control.command(told.measureQuality, { room: this.#room, participantIds });
  }

  async close(): Promise<void> {
    await this.control.command(told.closeRoom, { room: this.#room });
  }
}

class OurPeer implements SfuPeer {
  readonly #ids: { readonly room: MediaRoom; readonly peer: MediaPeer };
  #send = '';
  #receive = '';

  constructor(
    private readonly control: Control,
    room: MediaRoom,
    peer: MediaPeer,
  ) {
    this.#ids = { room, peer };
  }

  async openToSend(): Promise<PlainEnd> {
    const open = { ...this.#ids, direction: 'SEND', remote: null, srtp: null } as const;
    const { transportId, ...end } = await this.control.command(openPlainTransport, open);
    this.#send = transportId;
    return end;
  }

  async openToReceive({ ip, port, srtp }: PlainEnd): Promise<PlainEnd> {
    const open = { ...this.#ids, direction: 'RECEIVE', remote: { ip, port }, srtp } as const;
    const { transportId, ...end } = await this.control.command(openPlainTransport, open);
    this.#receive = transportId;
    return end;
  }

  async produce(kind: TrackKind, source: 'MICROPHONE' | 'CAMERA' | 'SCREEN_AUDIO', rtpParameters: RtpParameters) {
    const track = { transportId: this.#send, kind, source, rtpParameters, isPaused: false };
    return (await this.control.command(told.produce, { ...this.#ids, ...track })).producerId;
  }

  async consume(producerIds: readonly string[]): Promise<readonly ConsumedTrack[]> {
    const tracks: ConsumedTrack[] = [];
    for (let first = 0; first < producerIds.length; first += TRACKS_AT_ONCE) {
      const { consumers, refused } = await this.control.command(told.consume, {
        ...this.#ids,
        transportId: this.#receive,
        producers: producerIds.slice(first, first + TRACKS_AT_ONCE).map((producerId) => ({ producerId, home: null })),
        rtpCapabilities: RECEIVABLE,
      });
      if (refused[0]) throw new Error(`a track was refused: ${refused[0].message}`);
      const consumerIds = consumers.map(({ consumerId }) => consumerId);
      await this.control.command(told.setConsumersPaused, { ...this.#ids, consumerIds, isPaused: false });
      tracks.push(...consumers);
    }
    return tracks;
  }
}
