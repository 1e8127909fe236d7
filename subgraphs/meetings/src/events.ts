import type { Logger } from '@terakoya/common/logging';
import { counter, histogram } from '@terakoya/common/telemetry';

export type MeetingEvents = ReturnType<typeof createMeetingEvents>;

/** The business events of meetings: each a count and a log line with ids, never a title or a name. */
export function createMeetingEvents(logger: Logger) {
  const happened = counter('terakoya_meeting_events_total', 'Meeting events by kind.', ['kind']);
  const joins = histogram('terakoya_meeting_join_seconds', 'Joins by outcome, as the server sees them.', ['outcome']);
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    created: (meetingId: string) => tell('meeting-created', { meetingId }),
    ended: (meetingId: string) => tell('meeting-ended', { meetingId }),
    joined: (meetingId: string, participantId: string) => tell('participant-joined', { meetingId, participantId }),
    left: (meetingId: string, participantId: string) => tell('participant-left', { meetingId, participantId }),
    removed: (meetingId: string, participantId: string) => tell('participant-removed', { meetingId, participantId }),
    breakoutsOpened: (meetingId: string, rooms: number) => tell('breakouts-opened', { meetingId, rooms }),
    breakoutsClosed: (meetingId: string, rooms: number) => tell('breakouts-closed', { meetingId, rooms }),
    pollOpened: (meetingId: string, pollId: string) => tell('poll-opened', { meetingId, pollId }),
    pollClosed: (meetingId: string, pollId: string) => tell('poll-closed', { meetingId, pollId }),
    mediaMoved: (meetingId: string, nodeId: string, participants: number) =>
      tell('media-moved', { meetingId, nodeId, participants }),
    recordingStarted: (meetingId: string, recordingId: string) => tell('recording-started', { meetingId, recordingId }),
    recordingReady: (recordingId: string, seconds: number) => tell('recording-ready', { recordingId, seconds }),
    recordingFailed: (recordingId: string, code: string) => tell('recording-failed', { recordingId, code }),
    joinTook: (outcome: string, seconds: number) => joins.observe({ outcome }, seconds),
  };
}
