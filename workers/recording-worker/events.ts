import type { Logger } from '@terakoya/common/logging';
import { counter, histogram } from '@terakoya/common/telemetry';

export type RecordingWorkerEvents = ReturnType<typeof createRecordingWorkerEvents>;

export interface ComposedFacts {
  readonly durationMs: number;
  readonly hasVideo: boolean;
  readonly hasAudio: boolean;
  /** In bytes. */
  readonly size: number;
  /** Segments that could not be read. */
  readonly skipped: number;
  readonly tookMs: number;
}

const RATIO_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4];

/** The business events of recording-worker: counts, and log lines with ids. */
export function createRecordingWorkerEvents(logger: Logger) {
  const composed = counter('terakoya_recordings_composed_total', 'Recordings made into one file.');
  const skipped = counter('terakoya_recording_segments_skipped_total', 'Segments that could not be read.');
  const ratio = histogram(
    'terakoya_recording_compose_ratio',
    'Time a composition took, as a part of the time that was recorded.',
    [],
    RATIO_BUCKETS,
  );
  return {
    recordingComposed(recordingId: string, facts: ComposedFacts) {
      composed.inc();
      skipped.inc(facts.skipped);
      ratio.observe({}, facts.tookMs / facts.durationMs);
      logger.info({ recordingId, ...facts }, 'recording-composed');
    },
  };
}
