import { GraphError } from '../school/client';
import { leaveMeeting, react, setHand } from './documents';
import { endByChange } from './ends';
import { CountedGraph, type MeetingGraph } from './graph';
import { type Devices, LocalMedia, type LocalTrack } from './local-media';
import { MeetingConnection, type OwnChange } from './meeting-connection';
import { type LocalSource, type MeetingState, NO_MEETING, type Participant } from './meeting-state';
import { loadWaiting } from './moderation.documents';
import { QualityWatch } from './quality-watch';
import { withParticipant } from './roster';
import { Store } from './store';
import { TileSizes } from './tile-sizes';

export interface MeetingSessionOptions {
  readonly graph: MeetingGraph;
  readonly meetingId: string;
  readonly devices: Devices;
  /** `relay` lets media go through a TURN server only, as for those whose address is not to be told. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
}

/**
 * One person in one meeting, from joining to the end: what is there to see and hear is in `state`, and what one does are
 * its methods. It knows no framework; the state fits React's `useSyncExternalStore`.
 */
export class MeetingSession {
  readonly #store = new Store<MeetingState>(NO_MEETING);
  readonly #graph: CountedGraph;
  readonly #local = new LocalMedia((source) => void this.stop(source));
  readonly #tiles = new TileSizes(
    (heights) => void this.#attempt(() => this.#connection.link?.receiver.showTiles(heights)),
  );
  readonly #connection: MeetingConnection;
  readonly #quality: QualityWatch;
  readonly #onOnline = (): void => this.#connection.link?.restartIce();
  readonly #onPageHide = (): void => void this.#graph.tellLast(leaveMeeting, this.#leaving());
  /** A page that the browser had kept is shown again: what it told when it was left is taken back by joining. */
  readonly #onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) void this.#connection.probe();
  };

  constructor(private readonly options: MeetingSessionOptions) {
    this.#graph = new CountedGraph(options.graph);
    this.#connection = new MeetingConnection({
      graph: this.#graph,
      meetingId: options.meetingId,
      store: this.#store,
      iceTransportPolicy: options.iceTransportPolicy ?? 'all',
      localTracks: (permissions) => this.#allowed(permissions),
      onStream: (trackId, stream) => this.#onStream(trackId, stream),
      onOwnChange: (change) => this.#onOwnChange(change),
      onOwnTrackEnded: (trackId) => void this.#onOwnTrackEnded(trackId),
      onPresent: () => this.#onPresent(),
      onEnd: () => this.#close(),
    });
    this.#quality = new QualityWatch({
      graph: options.graph,
      meetingId: options.meetingId,
      isMeasured: () => Boolean(this.#connection.link) && !this.#store.getSnapshot().isDirect,
      onLevel: (quality) => this.#store.update((state) => (state.quality === quality ? state : { ...state, quality })),
    });
  }

  get state(): Pick<Store<MeetingState>, 'getSnapshot' | 'subscribe'> {
    return this.#store;
  }

  /** Opens the devices that are wanted, then joins; resolves as soon as the state tells whether one is in. */
  async join(wanted: { readonly microphone: boolean; readonly camera: boolean }): Promise<void> {
    const { devices } = this.options;
    await Promise.all([
      wanted.microphone ? this.#attempt(async () => this.#local.add('MICROPHONE', await devices.microphone())) : null,
      wanted.camera ? this.#attempt(async () => this.#local.add('CAMERA', await devices.camera())) : null,
    ]);
    this.#showLocal();
    globalThis.addEventListener('online', this.#onOnline);
    globalThis.addEventListener('pagehide', this.#onPageHide);
    globalThis.addEventListener('pageshow', this.#onPageShow);
    await this.#connection.connect();
  }

  /** Leaves; the session cannot be used afterwards. */
  async leave(): Promise<void> {
    const leaving = this.#leaving();
    this.#connection.end('LEFT', 'You have left the meeting.');
    await this.#graph.ask(leaveMeeting, leaving).catch(() => undefined); // the media node notices as well
  }

  /** Opens or closes the microphone; it is kept ready, so that speaking begins at once. */
  async setMicrophone(isOn: boolean): Promise<void> {
    const track = this.#local.get('MICROPHONE');
    this.#store.update((state) => ({ ...state, isAskedToUnmute: false }));
    if (!track) return isOn ? this.#start('MICROPHONE', () => this.options.devices.microphone()) : undefined;
    await this.#attempt(async () => {
      await this.#connection.link?.sender.setPaused('MICROPHONE', !isOn);
      track.isPaused = !isOn;
    });
    this.#showLocal();
  }

  /** Begins or ends to send the camera; its light goes out. */
  async setCamera(isOn: boolean): Promise<void> {
    await (isOn ? this.#start('CAMERA', () => this.options.devices.camera()) : this.stop('CAMERA'));
  }

  /** Asks what to share, and shares it with its sound where there is any. */
  async shareScreen(): Promise<void> {
    await this.#attempt(async () => {
      const media = await this.options.devices.screen();
      const tracks = media.map((one) => this.#local.add(one.kind === 'video' ? 'SCREEN' : 'SCREEN_AUDIO', one));
      this.#showLocal();
      await this.#send(tracks);
    });
  }

  async stopScreen(): Promise<void> {
    await Promise.all([this.stop('SCREEN'), this.stop('SCREEN_AUDIO')]);
  }

  /** Sends no more from a source and lets go of its device. */
  async stop(source: LocalSource): Promise<void> {
    this.#local.remove(source);
    this.#showLocal();
    await this.#attempt(() => this.#connection.link?.sender.stop(source));
  }

  async raiseHand(isRaised: boolean): Promise<void> {
    const { meetingId } = this.options;
    await this.#attempt(() => this.#graph.ask(setHand, { input: { meetingId, isRaised } }));
  }

  /** Shows everybody one emoji. */
  async react(emoji: string): Promise<void> {
    const { meetingId } = this.options;
    await this.#attempt(() => this.#graph.ask(react, { input: { meetingId, emoji } }));
  }

  /** Tells how large a track is shown: its height in physical pixels, 0 when it is not seen. */
  setTileHeight(trackId: string, height: number): void {
    this.#tiles.set(trackId, height);
  }

  /** What WebRTC tells of the media session; empty while there is none. */
  stats(): Promise<RTCStatsReport[]> {
    return this.#connection.link?.stats() ?? Promise.resolve([]);
  }

  /** Only the session of this page is left, and whatever there is while there is none. */
  #leaving() {
    return { meetingId: this.options.meetingId, ticket: this.#connection.link?.ticket ?? null };
  }

  async #start(source: LocalSource, open: () => Promise<MediaStreamTrack>): Promise<void> {
    await this.#attempt(async () => {
      const track = this.#local.add(source, await open());
      this.#showLocal();
      await this.#send([track]);
    });
  }

  /** Where there is no media session just now the next one takes it along. */
  async #send(tracks: readonly LocalTrack[]): Promise<void> {
    try {
      await this.#connection.link?.sender.send(tracks);
    } catch (error) {
      if (error instanceof GraphError && error.code === 'FORBIDDEN') {
        for (const { source } of tracks) this.#local.remove(source);
        this.#showLocal();
      }
      throw error;
    }
  }

  #allowed(permissions: Participant['permissions']): readonly LocalTrack[] {
    const may: Record<LocalSource, boolean> = {
      MICROPHONE: permissions?.maySpeak ?? false,
      CAMERA: permissions?.mayShowCamera ?? false,
      SCREEN: permissions?.mayShareScreen ?? false,
      SCREEN_AUDIO: permissions?.mayShareScreen ?? false,
    };
    for (const { source } of this.#local.all()) if (!may[source]) this.#local.remove(source);
    this.#showLocal();
    return this.#local.all();
  }

  #onOwnChange(change: OwnChange): void {
    const { kind, track } = change;
    const end = endByChange(change);
    if (end) this.#connection.end(end.reason, end.message);
    if (kind === 'ADMITTED') void this.#connection.connect();
    if (kind === 'MEDIA_MOVED') void this.#connection.probe();
    if (kind === 'UNMUTE_ASKED') this.#store.update((now) => ({ ...now, isAskedToUnmute: true }));
    if (kind === 'MUTED' && track) this.#onMuted(track.id);
  }

  #onMuted(trackId: string): void {
    const source = this.#connection.link?.sender.sourceOf(trackId);
    const local = source && this.#local.get(source);
    if (!local) return;
    local.isPaused = true;
    this.#connection.link?.sender.pauseLocally(source, true);
    this.#showLocal();
  }

  /** What one may no longer send is over; anything else was lost, alone or with its session, and is sent again. */
  async #onOwnTrackEnded(trackId: string): Promise<void> {
    const { link } = this.#connection;
    const source = link?.sender.sourceOf(trackId);
    if (!link || !source) return;
    this.#allowed(this.#store.getSnapshot().me?.permissions ?? null);
    await this.#connection.probe();
    if (link !== this.#connection.link || link.sender.sourceOf(trackId) !== source) return;
    await link.sender.stop(source, { isOver: true });
    const local = this.#local.get(source);
    if (local) await this.#attempt(() => this.#send([local]));
  }

  #onStream(trackId: string, stream: MediaStream | null): void {
    this.#store.update((state) => {
      const streams = new Map(state.streams);
      if (stream) streams.set(trackId, stream);
      else streams.delete(trackId);
      return { ...state, streams };
    });
    if (stream) this.#tiles.renew(trackId);
    else this.#tiles.forget(trackId);
  }

  #onPresent(): void {
    this.#quality.start();
    void this.#loadWaiting();
  }

  async #loadWaiting(): Promise<void> {
    if (!this.#store.getSnapshot().me?.permissions?.mayModerate) return;
    await this.#attempt(async () => {
      const { meeting } = await this.#graph.ask(loadWaiting, { meetingId: this.options.meetingId });
      for (const { node } of meeting?.waitingParticipants.edges ?? []) {
        this.#store.update((state) => withParticipant(state, node));
      }
    });
  }

  #showLocal(): void {
    const of = (source: LocalSource) => {
      const track = this.#local.get(source);
      const known = this.#store.getSnapshot().local[source];
      const isSame = known.stream?.getTracks()[0] === track?.media;
      const stream = track ? new MediaStream([track.media]) : null;
      return { stream: isSame ? known.stream : stream, isPaused: track?.isPaused ?? null };
    };
    const local = {
      MICROPHONE: of('MICROPHONE'),
      CAMERA: of('CAMERA'),
      SCREEN: of('SCREEN'),
      SCREEN_AUDIO: of('SCREEN_AUDIO'),
    };
    this.#store.update((state) => ({ ...state, local }));
  }

  /** What cannot be done is said; what cannot be done because the media session is over is done in the next. */
  async #attempt(work: () => unknown): Promise<void> {
    const { link } = this.#connection;
    try {
      await work();
      this.#store.update((state) => (state.problem === null ? state : { ...state, problem: null }));
    } catch (error) {
      const code = error instanceof GraphError ? error.code : '';
      if (link && link === this.#connection.link && SESSION_IS_OVER.has(code)) return this.#connection.lose(error);
      const problem = error instanceof Error ? error.message : String(error);
      this.#store.update((state) => ({ ...state, problem }));
    }
  }

  #close(): void {
    globalThis.removeEventListener('online', this.#onOnline);
    globalThis.removeEventListener('pagehide', this.#onPageHide);
    globalThis.removeEventListener('pageshow', this.#onPageShow);
    this.#quality.close();
    this.#tiles.close();
    this.#local.close();
    this.#showLocal();
  }
}

const SESSION_IS_OVER = new Set(['TICKET_INVALID', 'MEDIA_MOVED']);
