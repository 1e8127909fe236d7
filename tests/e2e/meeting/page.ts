/** What runs in the browser of the test: the web app's own meeting session, told what to do by the test. */
import { browserDevices } from '../../../web/src/meeting/local-media';
import { MeetingSession } from '../../../web/src/meeting/meeting-session';
import { SchoolClient } from '../../../web/src/school/client';
import type { SignedIn } from '../../../web/src/school/tokens';

interface Entering {
  readonly url: string;
  readonly signedIn: SignedIn;
  readonly meetingId: string;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
}

type Stats = Readonly<Record<string, unknown>>;

class Person {
  readonly session: MeetingSession;
  readonly #elements = new Map<string, HTMLMediaElement>();

  constructor({ url, signedIn, meetingId, iceTransportPolicy }: Entering) {
    const graph = new SchoolClient(url);
    graph.use(signedIn);
    // What one machine can encode and decode for all of them.
    const camera = { width: { exact: 640 }, height: { exact: 360 }, frameRate: { exact: 10 } };
    const screen = { width: { max: 640 }, height: { max: 360 }, frameRate: { max: 5 } };
    const microphone = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const devices = browserDevices({ camera, microphone, screen });
    this.session = new MeetingSession({ graph, meetingId, devices, iceTransportPolicy });
    this.session.state.subscribe(() => this.#play());
  }

  /** The state in what JSON can say. */
  seen() {
    const { phase, me, participants, streams, local, meeting, isDirect, quality, problem, joinRequests } =
      this.session.state.getSnapshot();
    const own = Object.fromEntries(Object.entries(local).map(([source, { isPaused }]) => [source, isPaused]));
    const received = new Set(streams.keys());
    const others = [...participants.values()].filter(({ id }) => id !== me?.id);
    const people = others.map(({ id, user, handRaisedAt, tracks }) => ({
      id,
      name: user.displayName,
      isHandUp: handRaisedAt !== null,
      tracks: tracks.map((track) => ({ ...track, isReceived: received.has(track.id) })),
    }));
    const isRecorded = Boolean(meeting?.recording);
    return { phase, id: me?.id, people, local: own, isRecorded, isDirect, quality, problem, joinRequests };
  }

  /** What has been decoded so far, by track: frames and their width, or the energy of the sound. */
  async decoded() {
    const { streams } = this.session.state.getSnapshot();
    const reports = await this.session.stats();
    const inbound = reports.flatMap((report) => [...report.values()] as Stats[]);
    const byTrack = new Map(inbound.map((stats) => [stats['trackIdentifier'], stats]));
    return Object.fromEntries(
      [...streams].map(([trackId, stream]) => {
        const {
          framesDecoded = 0,
          frameWidth = 0,
          totalAudioEnergy = 0,
        } = byTrack.get(stream.getTracks()[0]?.id) ?? {};
        return [trackId, { frames: framesDecoded, width: frameWidth, energy: totalAudioEnergy }];
      }),
    );
  }

  /** The kinds of addresses through which media go now. */
  async ways(): Promise<unknown[]> {
    const reports = await this.session.stats();
    return reports.flatMap((report) => {
      const all = new Map([...(report.entries() as Iterable<[string, Stats]>)]);
      const transports = [...all.values()].filter(({ type }) => type === 'transport');
      const pairs = transports.map((transport) => all.get(String(transport['selectedCandidatePairId'])));
      return pairs.map((pair) => all.get(String(pair?.['localCandidateId']))?.['candidateType']);
    });
  }

  #play(): void {
    const { streams } = this.session.state.getSnapshot();
    for (const [id, element] of this.#elements) {
      if (streams.has(id)) continue;
      element.remove();
      this.#elements.delete(id);
    }
    for (const [id, stream] of streams) {
      const element =
        this.#elements.get(id) ?? this.#append(id, stream.getVideoTracks().length > 0 ? 'video' : 'audio');
      if (element.srcObject !== stream) element.srcObject = stream; // also where the same comes over another connection
    }
  }

  #append(id: string, kind: 'audio' | 'video'): HTMLMediaElement {
    const element = document.createElement(kind);
    element.autoplay = true;
    document.body.append(element);
    this.#elements.set(id, element);
    return element;
  }
}

export type Seen = ReturnType<Person['seen']>;
export type Decoded = Awaited<ReturnType<Person['decoded']>>;

declare global {
  interface Window {
    person: Person;
    enter: (entering: Entering) => Promise<void>;
  }
}
window.enter = async (entering) => {
  window.person = new Person(entering);
  await window.person.session.join({ microphone: true, camera: true });
};
