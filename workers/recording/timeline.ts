import type { RecordedSegment } from '@terakoya/common/contracts';

/** The picture has so many frames a second; all times of the picture are counted in them. */
export const FRAME_RATE = 25;
/** What pauses no longer than this between two segments goes on showing its last picture. */
const HOLD_MS = 1_500;

/** From when to when, in milliseconds since the epoch. */
export interface TimeRange {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The segments of a track that can be read, in their order. */
export interface Track<S extends RecordedSegment = RecordedSegment> {
  readonly trackId: string;
  readonly segments: readonly S[];
}

/** A time in which the same tracks are seen, in frames from the start of the recording; `end` is not part of it. */
export interface Interval<T> {
  readonly start: number;
  readonly end: number;
  /** In the order in which they were first seen. */
  readonly visible: readonly T[];
}

/** Segments by track, those of a track in their order and without overlaps; the track that began first comes first. */
export function tracksOf<S extends RecordedSegment>(segments: readonly S[]): Track<S>[] {
  const byTrack = Map.groupBy(segments, ({ trackId }) => trackId);
  const tracks = [...byTrack].map(([trackId, own]) => ({ trackId, segments: withoutOverlaps(own) }));
  return tracks.sort((one, other) => beganAt(one) - beganAt(other));
}

/**
 * The segments of one track in their order, none before the end of the one before it. A node tells when it saw a segment
 * begin, which may be late and is never early; so where two overlap, the earlier one began earlier than was told.
 */
function withoutOverlaps<S extends RecordedSegment>(segments: readonly S[]): S[] {
  let next = Infinity;
  return segments
    .toSorted((one, other) => other.index - one.index)
    .map((segment) => {
      next = Math.min(segment.startedAt, next - segment.durationMs);
      return { ...segment, startedAt: next };
    })
    .reverse();
}

function beganAt({ segments }: Track): number {
  return segments[0]?.startedAt ?? Infinity;
}

/** The recording's length in frames. */
export function framesOf(range: TimeRange): number {
  return Math.max(1, frameAt(range, range.endedAt));
}

/** Cuts the recording wherever a track comes into sight or goes. */
export function intervalsOf<T extends Track>(tracks: readonly T[], range: TimeRange): Interval<T>[] {
  const total = framesOf(range);
  const spans = tracks.flatMap((track) =>
    spansOf(track).map(({ start, end }) => ({
      track,
      start: clamp(frameAt(range, start), total),
      end: clamp(frameAt(range, end), total),
    })),
  );
  const cuts = [...new Set([0, total, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const intervals = cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const seen = spans.filter((span) => span.start <= start && span.end >= end).map(({ track }) => track);
    return { start, end, visible: tracks.filter((track) => seen.includes(track)) };
  });
  return merged(intervals);
}

/** The segments that are seen from one frame to another: those that begin there, and the one that is going on. */
export function segmentsWithin<S extends RecordedSegment>(
  { segments }: Track<S>,
  range: TimeRange,
  { start, end }: { readonly start: number; readonly end: number },
): S[] {
  const from = timeOf(range, start);
  const to = timeOf(range, end);
  return segments.filter((segment, index) => segment.startedAt < to && (segments[index + 1]?.startedAt ?? to) > from);
}

/** The time of a frame, in milliseconds since the epoch. */
export function timeOf({ startedAt }: TimeRange, frame: number): number {
  return startedAt + (frame * 1_000) / FRAME_RATE;
}

function frameAt({ startedAt }: TimeRange, time: number): number {
  return Math.round(((time - startedAt) * FRAME_RATE) / 1_000);
}

/** From when to when a track is seen without a pause that shows. */
function spansOf({ segments }: Track): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { startedAt, durationMs } of segments) {
    const last = spans.at(-1);
    const end = startedAt + Math.max(durationMs, 1_000 / FRAME_RATE);
    if (last && startedAt - last.end <= HOLD_MS) last.end = Math.max(last.end, end);
    else spans.push({ start: startedAt, end });
  }
  return spans;
}

function merged<T>(intervals: readonly Interval<T>[]): Interval<T>[] {
  const result: Interval<T>[] = [];
  for (const interval of intervals) {
    const last = result.at(-1);
    const isSame =
      last?.visible.length === interval.visible.length &&
      interval.visible.every((track, index) => last.visible[index] === track);
    if (last && isSame) result[result.length - 1] = { ...last, end: interval.end };
    else result.push(interval);
  }
  return result;
}

function clamp(frame: number, total: number): number {
  return Math.min(Math.max(frame, 0), total);
}
