import type { QualityLevel } from '../generated/graphql';
import { loadMyQuality } from './documents';
import type { MeetingGraph } from './graph';

export interface QualityWatchOptions {
  readonly graph: Pick<MeetingGraph, 'ask'>;
  readonly meetingId: string;
  /** Whether media go through a media node just now: only it can tell. */
  readonly isMeasured: () => boolean;
  /** How well media get through; null when it is not known. */
  readonly onLevel: (level: QualityLevel | null) => void;
}

const ASK_MS = 10_000;

/** Asks every ten seconds how one's own media get through, so that whoever has a bad network is the first to know. */
export class QualityWatch {
  #asking: ReturnType<typeof setInterval> | undefined;
  #isAsked = false;

  constructor(private readonly options: QualityWatchOptions) {}

  /** Begins to ask, unless it does already. */
  start(): void {
    if (this.#asking !== undefined) return;
    this.#asking = setInterval(() => void this.#ask(), ASK_MS);
    void this.#ask();
  }

  close(): void {
    clearInterval(this.#asking);
    this.#asking = undefined;
  }

  /** One question at a time; what cannot be asked is not known. */
  async #ask(): Promise<void> {
    const { graph, meetingId, isMeasured, onLevel } = this.options;
    if (this.#isAsked) return;
    this.#isAsked = true;
    const answer = isMeasured() ? await graph.ask(loadMyQuality, { meetingId }).catch(() => null) : null;
    this.#isAsked = false;
    if (this.#asking !== undefined) onLevel(isMeasured() ? (answer?.meeting?.me?.quality?.level ?? null) : null);
  }
}
