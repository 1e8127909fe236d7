import type { types } from 'mediasoup';

import type { TrackQuality } from './quality';

/** A track that flows without a fault is measured again after so long, in milliseconds. */
const FRESH_MS = 15_000;
/** mediasoup's best score. */
const PERFECT = 10;

/** What a node knows of a track without asking its worker. */
export interface TrackState {
  readonly score: number;
  /** How its producer's media arrive: a consumer sends well what little there is. */
  readonly producerScore: number;
  readonly spatialLayer: number | null;
  readonly isPaused: boolean;
}

interface Remembered {
  readonly state: TrackState;
  /** Milliseconds since the process began. */
  readonly firstAt: number;
  readonly at: number;
  readonly quality: TrackQuality;
}

const known = new WeakMap<types.Producer | types.Consumer, Remembered>();

/**
 * Measures a track, or gives what was measured up to 15 s ago while nothing is wrong with it: each of twenty participants may
 * ask about the 760 tracks of their room every few seconds, and each question costs the worker that hands packets on. A track
 * that has a loss, has changed or has just begun is measured every time.
 */
export async function remembered(
  track: types.Producer | types.Consumer,
  state: TrackState,
  measure: () => Promise<TrackQuality>,
  now = performance.now(),
): Promise<TrackQuality> {
  const last = known.get(track);
  if (last && isFresh(last, state, now)) return last.quality;
  const quality = await measure();
  known.set(track, { state, quality, at: now, firstAt: last?.firstAt ?? now });
  return quality;
}

function isFresh({ state, firstAt, at, quality }: Remembered, now: TrackState, nowMs: number): boolean {
  const isSame = state.spatialLayer === now.spatialLayer && state.isPaused === now.isPaused;
  const isFaultless = isPerfect(state) && isPerfect(now) && quality.lossShare === 0;
  return isSame && isFaultless && at - firstAt >= FRESH_MS && nowMs - at < FRESH_MS;
}

function isPerfect({ score, producerScore }: TrackState): boolean {
  return score === PERFECT && producerScore === PERFECT;
}
