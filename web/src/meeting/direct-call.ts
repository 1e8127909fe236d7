import type { JoinMeetingMutation } from '../generated/graphql';
import { DirectPeer } from './direct-peer';
import { type DirectSignal, type DirectSource, readSignal } from './direct-signal';
import { sendSignal } from './documents';
import type { MeetingGraph } from './graph';
import { toRtcIceServer } from './ice-servers';
import type { LocalTrack } from './local-media';
import type { MeetingLink } from './meeting-link';
import type { LocalSource, MeetingState, Track } from './meeting-state';
import { withTracks } from './roster';

export interface DirectCallOptions {
  readonly graph: MeetingGraph;
  readonly meetingId: string;
  /** Oneself. */
  readonly participantId: string;
  readonly iceServers: JoinMeetingMutation['joinMeeting']['iceServers'];
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  readonly onStream: (trackId: string, stream: MediaStream | null) => void;
  /** What the other sends has changed. */
  readonly onTracks: () => void;
  /** It is time to ask whether there is a media node again. */
  readonly onAsk: () => void;
}

const ASK_MS = 10_000;

/** A call of two without a media node: both clients send to each other, and the graph carries what they have to agree on. */
export class DirectCall implements MeetingLink {
  readonly ticket = null;
  readonly isBroken = false;
  readonly sender: MeetingLink['sender'];
  readonly receiver: MeetingLink['receiver'];
  #call = crypto.randomUUID();
  readonly #local = new Map<LocalSource, LocalTrack>();
  readonly #streams = new Map<string, MediaStream>();
  readonly #asking: ReturnType<typeof setInterval>;
  #other: { readonly id: string; call: string | null } | undefined;
  #peer: DirectPeer | undefined;
  #tracks: readonly Track[] = [];
  #telling: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(private readonly options: DirectCallOptions) {
    this.sender = {
      send: async (tracks) => tracks.forEach((track) => this.#send(track)),
      setPaused: async (source, isPaused) => this.#pause(source, isPaused),
      pauseLocally: (source, isPaused) => this.#pause(source, isPaused),
      sourceOf: () => undefined, // the school knows of none of these tracks
      stop: async (source) => this.#stop(source),
    };
    this.receiver = {
      receive: () => Promise.resolve(true), // what the other sends comes by itself
      keepOnly: () => undefined,
      showTiles: () => Promise.resolve(),
    };
    this.#asking = setInterval(options.onAsk, ASK_MS);
  }

  /** Who else is there: calls the one other, and hangs up when they have gone. */
  meet(others: readonly string[]): void {
    const [id] = others;
    if (this.#other?.id === id) return;
    this.#hangUp();
    if (id === undefined) return;
    this.#other = { id, call: null };
    this.#connect(id);
  }

  /**
   * Takes what somebody told. Two connections belong together from the first description on that one takes of the other: one
   * of a connection of theirs that is not ours' other end means that they began anew, and so do we.
   */
  hear(fromId: string, text: string): void {
    const signal = readSignal(text);
    if (!signal || this.#isClosed) return;
    if (this.#other?.id !== fromId) this.meet([fromId]);
    if (!this.#other || (signal.to !== null && signal.to !== this.#call)) return;
    const isOfOurOtherEnd = this.#other.call === signal.call;
    if (!isOfOurOtherEnd && !signal.description) return; // of a connection that is over
    if (!isOfOurOtherEnd && this.#other.call !== null) {
      this.#connect(fromId);
      if (signal.description?.type === 'answer') return; // to what is over
    }
    this.#other.call = signal.call;
    this.#peer?.hear(signal);
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }

  restartIce(): void {
    this.#peer?.restartIce();
  }

  async stats(): Promise<RTCStatsReport[]> {
    return this.#peer ? [await this.#peer.stats()] : [];
  }

  shown(state: MeetingState): MeetingState {
    return this.#other ? withTracks(state, this.#other.id, this.#tracks) : state;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#asking);
    this.#hangUp();
  }

  #send(track: LocalTrack): void {
    track.media.enabled = !track.isPaused;
    this.#local.set(track.source, track);
    this.#peer?.send(track);
  }

  #pause(source: LocalSource, isPaused: boolean): void {
    const track = this.#local.get(source);
    if (!track) return;
    track.isPaused = isPaused;
    track.media.enabled = !isPaused;
    this.#peer?.tellSources();
  }

  #stop(source: LocalSource): void {
    this.#local.delete(source);
    this.#peer?.stop(source);
  }

  /** A new connection, which has a name of its own, so that nothing of the one before is taken for it. */
  #connect(id: string): void {
    this.#peer?.close();
    this.#call = crypto.randomUUID();
    if (this.#other) this.#other.call = null;
    const { iceServers, iceTransportPolicy, participantId } = this.options;
    const peer = new DirectPeer({
      configuration: { iceServers: iceServers.map(toRtcIceServer), iceTransportPolicy },
      isPolite: participantId < id,
      tell: (told) => this.#tell(peer, id, told),
      onRemote: (sources, media) => this.#show(id, sources, media),
      onStuck: () => this.#connect(id),
    });
    this.#peer = peer;
    for (const track of this.#local.values()) peer.send(track);
  }

  /** One after the other: a candidate is of no use before its description. What is lost is told anew by a call that is stuck. */
  #tell(peer: DirectPeer, participantId: string, told: Omit<DirectSignal, 'call' | 'to'>): void {
    const { graph, meetingId } = this.options;
    this.#telling = this.#telling.then(async () => {
      if (this.#isClosed || peer !== this.#peer || !this.#other) return;
      const signal = JSON.stringify({ call: this.#call, to: this.#other.call, ...told } satisfies DirectSignal);
      await graph.ask(sendSignal, { input: { meetingId, participantId, signal } }).catch(() => this.options.onAsk());
    });
  }

  #show(id: string, sources: readonly DirectSource[], media: ReadonlyMap<LocalSource, MediaStreamTrack>): void {
    if (this.#isClosed || this.#other?.id !== id) return;
    this.#tracks = sources.map(({ source, isPaused }) => ({
      id: `${id} ${source}`,
      kind: source === 'CAMERA' || source === 'SCREEN' ? 'VIDEO' : 'AUDIO',
      source,
      isPaused,
    }));
    for (const trackId of [...this.#streams.keys()]) {
      if (!this.#tracks.some((track) => track.id === trackId)) this.#drop(trackId);
    }
    this.options.onTracks();
    for (const [source, track] of media) {
      const trackId = `${id} ${source}`;
      if (this.#streams.get(trackId)?.getTracks()[0] === track) continue;
      const stream = new MediaStream([track]);
      this.#streams.set(trackId, stream);
      this.options.onStream(trackId, stream);
    }
  }

  #drop(trackId: string): void {
    this.#streams.delete(trackId);
    this.options.onStream(trackId, null);
  }

  #hangUp(): void {
    this.#peer?.close();
    this.#peer = undefined;
    this.#other = undefined;
    this.#tracks = [];
    for (const trackId of [...this.#streams.keys()]) this.#drop(trackId);
  }
}
