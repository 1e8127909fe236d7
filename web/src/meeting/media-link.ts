import { Device, type types } from 'mediasoup-client';

import type { JoinMeetingMutation } from '../generated/graphql';
import { showTiles } from './documents';
import type { MeetingGraph } from './graph';
import { MediaReceiver } from './media-receiver';
import { MediaSender, type Session } from './media-sender';
import { toRtcIceServer } from './ice-servers';
import type { MeetingLink } from './meeting-link';
import type { MeetingState } from './meeting-state';
import { TransportKeeper } from './transport-keeper';

type Join = JoinMeetingMutation['joinMeeting'];

export interface MediaLinkOptions {
  readonly graph: MeetingGraph;
  readonly session: Session;
  readonly iceServers: Join['iceServers'];
  /** `relay` lets media go through a TURN server only. */
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /** A track is received, or no more (null). */
  readonly onStream: (trackId: string, stream: MediaStream | null) => void;
  /** The session cannot go on, also with other addresses: a new one is needed. Told once. */
  readonly onBroken: (why: unknown) => void;
}

/** While nothing is sent or received the node would take one for gone after a while: so often it is told that one is there. */
const SIGN_OF_LIFE_MS = 20_000;

/** One media session: two transports with what is sent and received on them. It ends with its media node. */
export class MediaLink implements MeetingLink {
  readonly sender: MediaSender;
  readonly receiver: MediaReceiver;
  readonly #transports: readonly types.Transport[];
  readonly #keepers: readonly TransportKeeper[];
  readonly #signs: ReturnType<typeof setInterval>;
  #isBroken = false;
  #isClosed = false;

  private constructor(
    private readonly options: MediaLinkOptions,
    device: Device,
  ) {
    const { session, graph, iceServers, iceTransportPolicy, onStream } = options;
    const about = { iceServers: iceServers.map(toRtcIceServer), iceTransportPolicy };
    const send = device.createSendTransport({ ...toOptions(session.sendTransport), ...about });
    const receive = device.createRecvTransport({ ...toOptions(session.receiveTransport), ...about });
    this.sender = new MediaSender({ graph, session, device, transport: send });
    this.receiver = new MediaReceiver({ graph, session, device, transport: receive, onStream });
    this.#transports = [send, receive];
    this.#keepers = this.#transports.map(
      (transport) => new TransportKeeper(graph, session.ticket, transport, (why) => this.#break(why)),
    );
    this.#signs = setInterval(() => this.#giveSign(), SIGN_OF_LIFE_MS);
  }

  /** Prepares both transports; nothing goes over the network yet. */
  static async open(options: MediaLinkOptions): Promise<MediaLink> {
    const device = new Device();
    await device.load({ routerRtpCapabilities: options.session.routerRtpCapabilities });
    return new MediaLink(options, device);
  }

  /** What the session is signalled with. */
  get ticket(): string {
    return this.options.session.ticket;
  }

  /** Whether the session is known to be over. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Asks whether the session goes on; the error of the graph when it does not. */
  async probe(): Promise<void> {
    await this.options.graph.ask(showTiles, { input: { ticket: this.ticket, tiles: [] } });
  }

  /** Goes on over other addresses, such as after a change of network. */
  restartIce(): void {
    for (const keeper of this.#keepers) keeper.restart();
  }

  /** What WebRTC tells of both transports. */
  async stats(): Promise<RTCStatsReport[]> {
    return Promise.all(this.#transports.map((transport) => transport.getStats()));
  }

  shown(state: MeetingState): MeetingState {
    return state;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#signs);
    for (const keeper of this.#keepers) keeper.close();
    this.sender.close();
    this.receiver.close();
  }

  /** A session that is over while nothing flows would not be noticed otherwise. */
  #giveSign(): void {
    if (this.#transports.some(({ connectionState }) => connectionState === 'connected')) return;
    this.probe().catch((error: unknown) => this.#break(error));
  }

  #break(why: unknown): void {
    if (this.#isBroken || this.#isClosed) return;
    this.#isBroken = true;
    this.options.onBroken(why);
  }
}

function toOptions({ transportId, sctpParameters, ...options }: Session['sendTransport']): types.TransportOptions {
  return { ...options, id: transportId, sctpParameters: sctpParameters ?? undefined };
}
