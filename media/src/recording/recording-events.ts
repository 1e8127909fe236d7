import { v7 as uuid } from 'uuid';
import type { z } from 'zod';

import {
  type EventContract,
  type MediaRoom,
  type RecordedSegment,
  type RecordedTrack,
  recordingSegmentStored,
  recordingTrackFailed,
} from '@terakoya/common/contracts';
import type { Logger } from '@terakoya/common/logging';
import type { EventLog } from '@terakoya/common/streams';
import { counter, currentTraceparent } from '@terakoya/common/telemetry';

export type RecordingEvents = ReturnType<typeof createRecordingEvents>;
export type TrackFailure = z.output<typeof recordingTrackFailed.payload>['reason'];

/** What a recording belongs to. */
export interface RecordingIds {
  readonly room: MediaRoom;
  readonly recordingId: string;
}

/** The business events of recordings: each a count and a log line with ids, and what `meetings` must know in the event log. */
export function createRecordingEvents(nodeId: string, log: Pick<EventLog, 'append'>, logger: Logger) {
  const happened = counter('terakoya_media_recording_events_total', 'Events of recordings by kind.', ['kind']);
  const count = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  const eventOf = <P extends z.ZodType>(contract: EventContract<P>, ids: RecordingIds, facts: object) => ({
    id: uuid(),
    name: contract.name,
    domain: contract.domain,
    aggregateId: ids.room.meetingId,
    payload: contract.payload.parse({ ...ids, nodeId, ...facts }),
    isReplayed: false,
    traceparent: currentTraceparent(),
    occurredAt: Date.now(),
  });
  return {
    started: (ids: RecordingIds) => count('recording-started', ids),
    stopped: (ids: RecordingIds) => count('recording-stopped', ids),
    /** How to tell that a segment is stored; telling again is telling once. */
    segmentStored(ids: RecordingIds, segment: RecordedSegment): () => Promise<void> {
      const event = eventOf(recordingSegmentStored, ids, segment);
      return async () => {
        await log.append([event]);
        happened.inc({ kind: recordingSegmentStored.name });
      };
    },
    segmentLost(ids: RecordingIds, trackId: string, error: unknown) {
      happened.inc({ kind: 'recording-segment-lost' });
      logger.error({ ...ids, trackId, err: error }, 'recording-segment-lost');
    },
    takeFailed: (ids: RecordingIds, trackId: string, why: string) =>
      count('recording-take-failed', { ...ids, trackId, why }),
    trackFailed(ids: RecordingIds, track: RecordedTrack, reason: TrackFailure) {
      count(recordingTrackFailed.name, { ...ids, ...track, reason });
      log
        .append([eventOf(recordingTrackFailed, ids, { ...track, reason })])
        .catch((error: unknown) => logger.error({ err: error }, 'an event could not be told'));
    },
  };
}
