import type { Device, types } from 'mediasoup-client';

import type { JoinMeetingMutation } from '../generated/graphql';
import { closeTrack, sendTracks, setTrackPaused } from './documents';
import { SENDING } from './encodings';
import type { MeetingGraph } from './graph';
import type { LocalTrack } from './local-media';
import type { LocalSource } from './meeting-state';

export type Session = NonNullable<JoinMeetingMutation['joinMeeting']['session']>;
type ProduceInput = { readonly source: LocalSource; readonly rtpParameters: types.RtpParameters };

export interface MediaSenderOptions {
  readonly graph: MeetingGraph;
  readonly session: Session;
  readonly device: Device;
  readonly transport: types.Transport;
}

interface Sent {
  readonly trackId: string;
  readonly producer: types.Producer;
}

/** What one sends in a media session. */
export class MediaSender {
  readonly #sent = new Map<LocalSource, Sent>();
  readonly #producing: ProduceInput[] = [];
  #dtls: types.DtlsParameters | undefined;
  #isConnected = false;
  #sending: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** mediasoup-client is answered at once, and the graph is told afterwards, all in one request. */
  constructor(private readonly options: MediaSenderOptions) {
    const { transport } = options;
    transport.on('connect', ({ dtlsParameters }, done) => {
      this.#dtls = dtlsParameters;
      done();
    });
    transport.on('produce', ({ rtpParameters, appData }, done) => {
      const { source } = appData as { source: LocalSource }; // as #sendNow gave it
      this.#producing.push({ source, rtpParameters });
      done({ id: crypto.randomUUID() });
    });
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

  close(): void {
    this.#isClosed = true;
    this.options.transport.close();
  }

  get #ticket(): string {
    return this.options.session.ticket;
  }

  async #sendNow(tracks: readonly LocalTrack[]): Promise<void> {
    for (let from = 0; from < tracks.length && !this.#isClosed; from += 2) {
      const pair = tracks.slice(from, from + 2).filter(({ media }) => this.#canSend(media));
      const producers = await Promise.all(pair.map((track) => this.#produce(track)));
      const tracksOfGraph = await this.#announce(this.#producing.splice(0), pair);
      for (const [index, { source }] of pair.entries()) {
        const [producer, track] = [producers[index], tracksOfGraph[index]];
        if (producer && track) this.#sent.set(source, { trackId: track.id, producer });
      }
    }
  }

  #canSend(media: MediaStreamTrack): boolean {
    return media.readyState === 'live' && this.options.device.canProduce(media.kind as types.MediaKind); // audio or video
  }

  async #produce({ source, media, isPaused }: LocalTrack): Promise<types.Producer> {
    const about = { track: media, stopTracks: false, appData: { source }, ...SENDING[source] };
    const producer = await this.options.transport.produce(about);
    if (isPaused) producer.pause();
    return producer;
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
    if (!first || !this.#dtls) return [];
    const answer = await graph.ask(sendTracks, {
      connect: { ...about, dtlsParameters: this.#dtls },
      isConnected: this.#isConnected,
      first,
      second: second ?? first,
      isOne: second === undefined,
    });
    this.#isConnected = true;
    return [answer.first, ...(answer.second ? [answer.second] : [])];
  }
}
