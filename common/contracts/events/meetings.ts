import { z } from 'zod';

import { defineEvent } from '../define-event';

/** What can happen in a meeting, as everybody in it hears of it. */
export const MEETING_CHANGE_KINDS = [
  'MEETING_STARTED',
  'MEETING_UPDATED',
  'MEETING_ENDED',
  'MEDIA_MOVED',
  'PARTICIPANT_WAITING',
  'PARTICIPANT_JOINED',
  'PARTICIPANT_LEFT',
  'PARTICIPANT_REMOVED',
  'PARTICIPANT_UPDATED',
  'HAND_RAISED',
  'HAND_LOWERED',
  'REACTION',
  'ACTIVE_SPEAKER',
  'TRACK_STARTED',
  'TRACK_PAUSED',
  'TRACK_RESUMED',
  'TRACK_ENDED',
  'RECORDING_STARTED',
  'RECORDING_STOPPED',
  'RECORDING_READY',
  'RECORDING_FAILED',
  'POLL_OPENED',
  'POLL_VOTED',
  'POLL_CLOSED',
  'BREAKOUTS_OPENED',
  'BREAKOUTS_CHANGED',
  'BREAKOUTS_CLOSED',
  'BROADCAST',
  'MESSAGE_SENT',
  'MESSAGE_REMOVED',
  'WHITEBOARD_CHANGED',
  'NOTES_CHANGED',
  'CAPTION',
] as const;
export type MeetingChangeKind = (typeof MEETING_CHANGE_KINDS)[number];

/**
 * A change of a meeting. Ids are of what it concerns; `text` is the emoji of a reaction, the text of a broadcast or of a
 * caption.
 */
export const meetingChanged = defineEvent(
  'meetings.meeting.changed',
  z.object({
    meetingId: z.uuid(),
    kind: z.enum(MEETING_CHANGE_KINDS),
    participantId: z.uuid().nullable().default(null),
    trackId: z.uuid().nullable().default(null),
    recordingId: z.uuid().nullable().default(null),
    pollId: z.uuid().nullable().default(null),
    messageId: z.uuid().nullable().default(null),
    text: z.string().max(1_000).nullable().default(null),
  }),
);

/** What can happen to one participant that only they hear of. */
export const PARTICIPANT_CHANGE_KINDS = [
  'ADMITTED',
  'DENIED',
  'REMOVED',
  'MUTED',
  'UNMUTE_ASKED',
  'PERMISSIONS_CHANGED',
  'MEETING_ENDED',
  'BREAKOUT_ASSIGNED',
  'BREAKOUT_CLOSED',
  'QUALITY_CHANGED',
  'REPLACED',
  'SIGNAL',
] as const;
export type ParticipantChangeKind = (typeof PARTICIPANT_CHANGE_KINDS)[number];

/** A change that concerns one participant; `payload` is what another participant's `sendSignal` carried. */
export const participantChanged = defineEvent(
  'meetings.participant.changed',
  z.object({
    participantId: z.uuid(),
    userId: z.uuid(),
    meetingId: z.uuid(),
    kind: z.enum(PARTICIPANT_CHANGE_KINDS),
    trackId: z.uuid().nullable().default(null),
    /** Where they are to go: a breakout room, or the meeting it belongs to. */
    targetMeetingId: z.uuid().nullable().default(null),
    fromParticipantId: z.uuid().nullable().default(null),
    payload: z.string().max(16_384).nullable().default(null),
  }),
);
