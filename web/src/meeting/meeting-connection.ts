import type { JoinMeetingMutation, WatchMeetingSubscription, WatchParticipantSubscription } from '../generated/graphql';
import { GraphError } from '../school/client';
import { backOffMs, delay } from './back-off';
import { ChangeFeed } from './change-feed';
import { joinMeeting, loadMyState, watchMeeting, watchParticipant } from './documents';
import { asRefusal, endOf } from './ends';
import type { CountedGraph } from './graph';
import { DirectCall } from './direct-call';
import { loadAllParticipants } from './load-all-participants';
import { MediaLink } from './media-link';
import type { MeetingLink } from './meeting-link';
import type { EndReason, MeetingState, Participant, Phase } from './meeting-state';
import type { LocalTrack } from './local-media';
import { tracksOfOthers, withChange, withMeeting } from './roster';
import type { Store } from './store';

type Join = JoinMeetingMutation['joinMeeting'];
type MeetingChange = WatchMeetingSubscription['meetingChanged'];
export type OwnChange = WatchParticipantSubscription['participantChanged'];

export interface MeetingConnectionOptions {
  readonly graph: CountedGraph;
  readonly meetingId: string;
  readonly store: Store<MeetingState>;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /** What is to be sent in each media session, given what one may send. */
  readonly localTracks: (permissions: Participant['permissions']) => readonly LocalTrack[];
  readonly onStream: (trackId: string, stream: MediaStream | null) => void;
  readonly onOwnChange: (change: OwnChange) => void;
  readonly onOwnTrackEnded: (trackId: string) => void;
  readonly onPresent: () => void;
  readonly onEnd: () => void;
}

/** Tries of one connection after which it is given up: some two minutes. */
const MOST_TRIES = 20;
/** Signals that are kept for a direct call that is about to begin. */
const MOST_UNTOLD = 100;

/** Keeps somebody in a meeting: joins, listens to what changes, and joins again whenever the media session is lost. */
export class MeetingConnection {
  #link: MeetingLink | undefined;
  /** What was told for a direct call before it began. */
  #untold: { readonly fromId: string; readonly signal: string }[] = [];
  /** Something has failed since the last try began, of which the link knows nothing. */
  #isLost = false;
  #running: Promise<void> | undefined;
  #ownFeed: ChangeFeed<WatchParticipantSubscription> | undefined;
  #meetingFeed: ChangeFeed<WatchMeetingSubscription> | undefined;
  readonly #over = new AbortController();

  constructor(private readonly options: MeetingConnectionOptions) {}

  /** The media session that goes on; undefined while there is none. */
  get link(): MeetingLink | undefined {
    return this.#link;
  }

  /** Resolves when one is in the meeting, waits to be let in, or cannot come in; the state tells which. Never rejects. */
  connect(): Promise<void> {
    return (this.#running ??= this.#run().finally(() => (this.#running = undefined)));
  }

  /** After an error of what was signalled: tells whether the session is over, and goes on with another one. */
  async lose(why: unknown): Promise<void> {
    if (codeOf(why) === 'TICKET_INVALID' && (await this.#isElsewhere())) {
      return this.end('ELSEWHERE', 'You have joined this meeting in another window.');
    }
    this.#reconnect();
  }

  /** Asks whether the present session goes on: what was told may have been about one before it. */
  async probe(): Promise<void> {
    await this.#running;
    const link = this.#link;
    await link?.probe().catch((error: unknown) => (this.#link === link ? this.lose(error) : undefined));
  }

  end(reason: EndReason, message: string): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#closeFeeds();
    this.#closeLink();
    this.#setPhase({ name: 'ENDED', reason, message });
    this.options.onEnd();
  }

  async #run(): Promise<void> {
    for (let failures = 1; !this.#over.signal.aborted; failures += 1) {
      try {
        await this.#enter();
        if (!this.#link?.isBroken && !this.#isLost) return;
      } catch (error) {
        const end = endOf(error, { wasIn: this.options.store.getSnapshot().meeting !== null });
        if (end) return this.end(end, messageOf(error));
        if (failures === MOST_TRIES) return this.end('REFUSED', messageOf(error));
      }
      this.#closeLink();
      this.#showLoss();
      await delay(backOffMs(failures), this.#over.signal);
    }
  }

  /** One try: a first request to join, then what is received and what is sent at the same time. */
  async #enter(): Promise<void> {
    const { graph, meetingId, store, localTracks, onPresent } = this.options;
    this.#closeLink();
    this.#isLost = false;
    const requestsBefore = graph.requests;
    const { joinMeeting: join } = await graph.ask(joinMeeting, { meetingId }).catch(asRefusal);
    if (this.#over.signal.aborted) return;
    this.#listenToOwn(join);
    const { meeting, participant: me, session } = join;
    if (!meeting) {
      store.update((state) => ({ ...state, me }));
      return this.#setPhase({ name: 'WAITING' });
    }
    const participants = await loadAllParticipants(graph, meetingId, meeting.participants);
    store.update((state) => withMeeting(state, meeting, me, participants));
    this.#listenToMeeting(join);
    const link = session ? await this.#openLink(session, join.iceServers) : this.#openCall(join);
    if (!link) return;
    const ids = tracksOfOthers(store.getSnapshot()).map(({ id }) => id);
    await Promise.all([link.receiver.receive(ids), link.sender.send(localTracks(me.permissions))]);
    if (this.#link !== link) return;
    store.update((state) => ({ ...state, joinRequests: graph.requests - requestsBefore, isDirect: !session }));
    this.#setPhase({ name: 'PRESENT' });
    onPresent();
    await this.#sync(link);
  }

  /** Undefined when one has left meanwhile. */
  async #openLink(
    session: NonNullable<Join['session']>,
    iceServers: Join['iceServers'],
  ): Promise<MediaLink | undefined> {
    const { graph, iceTransportPolicy, onStream } = this.options;
    const about = { graph, session, iceServers, iceTransportPolicy, onStream };
    const link = await MediaLink.open({ ...about, onBroken: (why) => void this.lose(why) });
    if (this.#over.signal.aborted) return void link.close();
    this.#link = link;
    return link;
  }

  /** A direct call, where there may be one. */
  #openCall({ mode, participant, iceServers }: Join): DirectCall {
    if (mode !== 'DIRECT') throw new GraphError('No media node can take you for now.', 'UNAVAILABLE');
    const { graph, meetingId, iceTransportPolicy, onStream, store } = this.options;
    const about = { graph, meetingId, participantId: participant.id, iceServers, iceTransportPolicy, onStream };
    const call: DirectCall = new DirectCall({
      ...about,
      onTracks: () => store.update((state) => call.shown(state)),
      onAsk: () => void this.#askForNode(),
    });
    this.#link = call;
    this.#meet(call);
    for (const { fromId, signal } of this.#untold.splice(0)) call.hear(fromId, signal);
    return call;
  }

  /** With a third one the call is over; a media node may have come back with them. */
  #meet(call: DirectCall): void {
    const { participants, me } = this.options.store.getSnapshot();
    const others = [...participants.keys()].filter((id) => id !== me?.id);
    if (others.length > 1) this.#reconnect();
    else call.meet(others);
  }

  /** Joining again says that one is there, and tells whether there is a media node: then the call is over. */
  async #askForNode(): Promise<void> {
    const call = this.#link;
    if (this.#running || !(call instanceof DirectCall)) return;
    const { graph, meetingId } = this.options;
    const answer = await graph.ask(joinMeeting, { meetingId }).catch(() => null);
    if (answer && answer.joinMeeting.mode !== 'DIRECT' && this.#link === call) this.#reconnect();
  }

  /** Receives what is sent now, and lets go of what is over. What is refused, such as while a node dies, is tried again. */
  async #sync(link: MeetingLink, tries = 1): Promise<void> {
    const ids = tracksOfOthers(this.options.store.getSnapshot()).map(({ id }) => id);
    link.receiver.keepOnly(new Set(ids));
    if ((await link.receiver.receive(ids)) || tries === MOST_TRIES) return;
    void delay(backOffMs(tries + 1), this.#over.signal).then(() => {
      if (this.link === link) this.#syncOrLose(link, tries + 1);
    });
  }

  #syncOrLose(link: MeetingLink, tries = 1): void {
    this.#sync(link, tries).catch((error: unknown) => (this.#link === link ? this.lose(error) : undefined));
  }

  #listenToOwn({ participant, ownChangesAfter }: Join): void {
    const { graph, onOwnChange } = this.options;
    this.#ownFeed ??= new ChangeFeed({
      graph,
      document: watchParticipant,
      id: participant.id,
      after: ownChangesAfter,
      cursorOf: ({ participantChanged }) => participantChanged.cursor,
      onChange: ({ participantChanged }) => {
        if (participantChanged.kind === 'SIGNAL') this.#onSignal(participantChanged);
        else onOwnChange(participantChanged);
      },
      onLost: () => this.#onFeedLost(),
    });
  }

  #listenToMeeting({ changesAfter }: Join): void {
    const { graph, meetingId } = this.options;
    this.#meetingFeed ??= new ChangeFeed({
      graph,
      document: watchMeeting,
      id: meetingId,
      after: changesAfter,
      cursorOf: ({ meetingChanged }) => meetingChanged.cursor,
      onChange: ({ meetingChanged }) => this.#onChange(meetingChanged),
      onLost: () => this.#onFeedLost(),
    });
  }

  #onChange(change: MeetingChange): void {
    this.options.store.update((state) => {
      const changed = withChange(state, change, Date.now());
      return this.#link?.shown(changed) ?? changed;
    });
    if (change.kind === 'MEETING_ENDED') return this.end('OVER', 'The meeting has ended.');
    if (change.kind === 'TRACK_ENDED' && change.track) this.options.onOwnTrackEnded(change.track.id);
    const { link } = this;
    if (link instanceof DirectCall) {
      this.#meet(link);
      if (change.kind === 'TRACK_STARTED') void this.#askForNode(); // the other has found one
    } else if (link) this.#syncOrLose(link);
  }

  #onSignal({ from, signal }: OwnChange): void {
    if (!from || signal === null) return;
    if (this.#link instanceof DirectCall) this.#link.hear(from.id, signal);
    else if (!this.#link && this.#untold.length < MOST_UNTOLD) this.#untold.push({ fromId: from.id, signal });
  }

  /** One is no longer in the meeting as far as the school knows, or has missed too much: joining tells. */
  #onFeedLost(): void {
    this.#closeFeeds();
    this.#reconnect();
  }

  #reconnect(): void {
    if (this.#over.signal.aborted) return;
    this.#isLost = true;
    if (this.#running) return; // there will be one more try
    this.#closeLink();
    this.#showLoss();
    void this.connect();
  }

  /** Another window of the same person has the meeting now; joining again would take it away from there. */
  async #isElsewhere(): Promise<boolean> {
    const { graph, meetingId } = this.options;
    const answer = await graph.ask(loadMyState, { meetingId }).catch(() => null);
    return answer?.meeting?.me?.state === 'PRESENT';
  }

  #showLoss(): void {
    const { phase } = this.options.store.getSnapshot();
    if (phase.name === 'PRESENT') this.#setPhase({ name: 'RECONNECTING' });
  }

  #setPhase(phase: Phase): void {
    this.options.store.update((state) => ({ ...state, phase }));
  }

  #closeLink(): void {
    this.#link?.close();
    this.#link = undefined;
  }

  #closeFeeds(): void {
    this.#ownFeed?.close();
    this.#meetingFeed?.close();
    this.#ownFeed = undefined;
    this.#meetingFeed = undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof GraphError ? error.code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
