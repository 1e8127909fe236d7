import { Device, type types } from 'mediasoup-client';

import type { JoinMeetingMutation } from '../generated/graphql';
import {
  closeTrack,
  connectTransport,
  consumeTracks,
  resumeConsumers,
  sendTracks,
  setTrackPaused,
  showTiles,
} from './documents';
import { SENDING } from './encodings';
import type { MeetingGraph } from './graph';
import type { LocalTrack } from './local-media';
import type { LocalSource } from './meeting-state';
import { TransportKeeper } from './transport-keeper';

type Join = JoinMeetingMutation['joinMeeting'];
type Session = NonNullable<Join['session']>;
type ProduceInput = { readonly source: LocalSource; readonly rtpParameters: types.RtpParameters };

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

interface Sent {
  readonly trackId: string;
  readonly producer: types.Producer;
}

/** Most tracks of one `consume`. */
const BATCH = 100;

/** One media session: two transports with what is sent and received on them. It ends with its media node. */
export class MediaLink {
  readonly #device = new Device();
  readonly #sent = new Map<LocalSource, Sent>();
  /** What is received, or about to be, by track. */
  readonly #received = new Map<string, types.Consumer | null>();
  readonly #producing: ProduceInput[] = [];
  #send: types.Transport | undefined;
  #receive: types.Transport | undefined;
  #keepers: TransportKeeper[] = [];
  #sendDtls: types.DtlsParameters | undefined;
  #isSendConnected = false;
  #isReceiveConnected = false;
  #sending: Promise<unknown> = Promise.resolve();
  #isBroken = false;
  #isClosed = false;

  constructor(private readonly options: MediaLinkOptions) {}

  /** Whether the session is known to be over. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Prepares both transports; nothing goes over the network yet. */
  async open(): Promise<void> {
    const { session, graph, iceServers, iceTransportPolicy } = this.options;
    await this.#device.load({ routerRtpCapabilities: session.routerRtpCapabilities });
    const about = { iceServers: iceServers.map(toRtcIceServer), iceTransportPolicy };
    this.#send = this.#device.createSendTransport({ ...toOptions(session.sendTransport), ...about });
    this.#receive = this.#device.createRecvTransport({ ...toOptions(session.receiveTransport), ...about });
    this.#answerSend(this.#send);
    this.#receive.on('connect', ({ dtlsParameters }, done, failed) => {
      const input = { ticket: session.ticket, transportId: session.receiveTransport.transportId, dtlsParameters };
      graph.ask(connectTransport, { input }).then(() => {
        this.#isReceiveConnected = true;
        done();
      }, failed);
    });
    this.#keepers = [this.#send, this.#receive].map(
      (transport) => new TransportKeeper(graph, session.ticket, transport, (why) => this.#break(why)),
    );
  }

  /**
   * Receives those of the tracks that are not received yet. On a transport that is not connected they need no resuming:
   * nothing is sent before; later on they begin paused, so that the first picture is not lost. Gives whether none was refused.
   */
  async receive(trackIds: readonly string[]): Promise<boolean> {
    const wanted = trackIds.filter((id) => !this.#received.has(id));
    for (const id of wanted) this.#received.set(id, null);
    try {
      for (let from = 0; from < wanted.length; from += BATCH) await this.#consume(wanted.slice(from, from + BATCH));
    } catch (error) {
      for (const id of wanted) if (this.#received.get(id) === null) this.#received.delete(id);
      throw error;
    }
    return wanted.every((id) => this.#received.has(id));
  }

  /** Lets go of tracks that are not among these: they are over. */
  keepOnly(trackIds: ReadonlySet<string>): void {
    for (const [id, consumer] of this.#received) {
      if (trackIds.has(id)) continue;
      this.#received.delete(id);
      consumer?.close();
      this.options.onStream(id, null);
    }
  }

  /** Begins to send; of many at once, two go in one request. One after the other with what is sent at the same time. */
  send(tracks: readonly LocalTrack[]): Promise<void> {
    const sending = this.#sending.then(() => this.#sendNow(tracks));
    this.#sending = sending.catch(() => undefined); // whoever asked for it is told
    return sending;
  }

  async setPaused(source: LocalSource, isPaused: boolean): Promise<void> {
    const sent = this.#sent.get(source);
    if (!sent) return;
    this.pauseLocally(source, isPaused);
    const input = { ticket: this.#ticket, trackId: sent.trackId, isPaused };
    await this.options.graph.ask(setTrackPaused, { input });
  }

  /** Sends no more for now, without telling: a moderator has paused it for everybody. */
  pauseLocally(source: LocalSource, isPaused: boolean): void {
    const producer = this.#sent.get(source)?.producer;
    if (isPaused) producer?.pause();
    else producer?.resume();
  }

  sourceOf(trackId: string): LocalSource | undefined {
    return [...this.#sent].find(([, sent]) => sent.trackId === trackId)?.[0];
  }

  async stop(source: LocalSource, { isOver = false } = {}): Promise<void> {
    const sent = this.#sent.get(source);
    if (!sent) return;
    this.#sent.delete(source);
    sent.producer.close();
    if (!isOver) await this.options.graph.ask(closeTrack, { input: { ticket: this.#ticket, trackId: sent.trackId } });
  }

  /** Tells how large tracks are shown, in physical pixels; of those that are not received nothing is told. */
  async showTiles(heights: ReadonlyMap<string, number>): Promise<void> {
    const tiles = [...heights].flatMap(([trackId, height]) => {
      const consumer = this.#received.get(trackId);
      return consumer?.kind === 'video' ? [{ consumerId: consumer.id, height }] : [];
    });
    if (tiles.length > 0) {
      await this.options.graph.ask(showTiles, { input: { ticket: this.#ticket, tiles: tiles.slice(0, BATCH) } });
    }
  }

  /** Asks whether the session goes on; the error of the graph when it does not. */
  async probe(): Promise<void> {
    await this.options.graph.ask(showTiles, { input: { ticket: this.#ticket, tiles: [] } });
  }

  /** Goes on over other addresses, such as after a change of network. */
  restartIce(): void {
    for (const keeper of this.#keepers) keeper.restart();
  }

  /** What WebRTC tells of both transports. */
  async stats(): Promise<RTCStatsReport[]> {
    const open = [this.#send, this.#receive].filter((transport) => transport !== undefined);
    return Promise.all(open.map((transport) => transport.getStats()));
  }

  close(): void {
    this.#isClosed = true;
    for (const keeper of this.#keepers) keeper.close();
    this.#send?.close();
    this.#receive?.close();
    for (const id of this.#received.keys()) this.options.onStream(id, null);
    this.#received.clear();
  }

  get #ticket(): string {
    return this.options.session.ticket;
  }

  #break(why: unknown): void {
    if (this.#isBroken || this.#isClosed) return;
    this.#isBroken = true;
    this.options.onBroken(why);
  }

  /** mediasoup-client is answered at once, and the graph is told afterwards, all in one request. */
  #answerSend(transport: types.Transport): void {
    transport.on('connect', ({ dtlsParameters }, done) => {
      this.#sendDtls = dtlsParameters;
      done();
    });
    transport.on('produce', ({ rtpParameters, appData }, done) => {
      const { source } = appData as { source: LocalSource }; // as #sendNow gave it
      this.#producing.push({ source, rtpParameters });
      done({ id: crypto.randomUUID() });
    });
  }

  async #sendNow(tracks: readonly LocalTrack[]): Promise<void> {
    const transport = this.#send;
    if (!transport || this.#isClosed) return;
    for (let from = 0; from < tracks.length; from += 2) {
      const pair = tracks.slice(from, from + 2).filter(({ media }) => this.#canSend(media));
      const producers = await Promise.all(pair.map((track) => produce(transport, track)));
      const tracksOfGraph = await this.#announce(this.#producing.splice(0), pair);
      for (const [index, { source }] of pair.entries()) {
        const [producer, track] = [producers[index], tracksOfGraph[index]];
        if (producer && track) this.#sent.set(source, { trackId: track.id, producer });
      }
    }
  }

  #canSend(media: MediaStreamTrack): boolean {
    return media.readyState === 'live' && this.#device.canProduce(media.kind as types.MediaKind); // audio or video
  }

  async #announce(producing: readonly ProduceInput[], pair: readonly LocalTrack[]) {
    const { graph, session } = this.options;
    const transportId = session.sendTransport.transportId;
    const about = { ticket: session.ticket, transportId };
    const inputs = pair.flatMap(({ source, isPaused }) => {
      const made = producing.find((one) => one.source === source);
      return made ? [{ ...about, source, isPaused, rtpParameters: made.rtpParameters }] : [];
    });
    const [first, second] = inputs;
    if (!first || !this.#sendDtls) return [];
    const answer = await graph.ask(sendTracks, {
      connect: { ...about, dtlsParameters: this.#sendDtls },
      isConnected: this.#isSendConnected,
      first,
      second: second ?? first,
      isOne: second === undefined,
    });
    this.#isSendConnected = true;
    return [answer.first, ...(answer.second ? [answer.second] : [])];
  }

  async #consume(trackIds: readonly string[]): Promise<void> {
    const { graph, session } = this.options;
    const transport = this.#receive;
    if (!transport || this.#isClosed) return;
    const isLater = this.#isReceiveConnected;
    const { consume } = await graph.ask(consumeTracks, {
      input: {
        ticket: session.ticket,
        transportId: session.receiveTransport.transportId,
        trackIds: [...trackIds],
        rtpCapabilities: this.#device.recvRtpCapabilities,
        isPaused: isLater,
      },
    });
    for (const { trackId } of consume.refused) this.#received.delete(trackId);
    if (this.#isClosed) return;
    const made = await Promise.all(consume.consumers.map((consumer) => this.#take(transport, consumer)));
    const consumerIds = made.filter((id) => id !== null);
    if (isLater && consumerIds.length > 0) {
      await graph.ask(resumeConsumers, { input: { ticket: session.ticket, consumerIds } });
    }
  }

  async #take(
    transport: types.Transport,
    {
      consumerId,
      producerId,
      kind,
      rtpParameters,
      track,
    }: {
      readonly consumerId: string;
      readonly producerId: string;
      readonly kind: 'AUDIO' | 'VIDEO';
      readonly rtpParameters: types.RtpParameters;
      readonly track: { readonly id: string };
    },
  ): Promise<string | null> {
    const consumer = await transport.consume({
      id: consumerId,
      producerId,
      kind: kind === 'AUDIO' ? 'audio' : 'video',
      rtpParameters,
    });
    if (this.#isClosed || !this.#received.has(track.id)) {
      consumer.close(); // it ended while it was prepared
      return null;
    }
    this.#received.set(track.id, consumer);
    this.options.onStream(track.id, new MediaStream([consumer.track]));
    return consumerId;
  }
}

async function produce(transport: types.Transport, { source, media, isPaused }: LocalTrack): Promise<types.Producer> {
  const producer = await transport.produce({
    track: media,
    stopTracks: false,
    appData: { source },
    ...SENDING[source],
  });
  if (isPaused) producer.pause();
  return producer;
}

function toOptions({ transportId, sctpParameters, ...options }: Session['sendTransport']): types.TransportOptions {
  return { ...options, id: transportId, sctpParameters: sctpParameters ?? undefined };
}

function toRtcIceServer({ urls, username, credential }: Join['iceServers'][number]): RTCIceServer {
  return { urls, username: username ?? undefined, credential: credential ?? undefined };
}
