import { z } from 'zod';

import { defineEvent } from '../define-event';
import { LIMITS } from '../limits';

/** What can happen in a meeting, as everybody in it hears of it. */
export const MEETING_CHANGE_KINDS = [
  'MEETING_UPDATED',
  'MEETING_ENDED',
  'PARTICIPANT_WAITING',
  'PARTICIPANT_JOINED',
  'PARTICIPANT_LEFT',
  'PARTICIPANT_UPDATED',
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
  'MESSAGE_SENT',
  'MESSAGE_REMOVED',
  'POLL_OPENED',
  'POLL_CHANGED',
  'POLL_CLOSED',
  'BREAKOUTS_CHANGED',
  'BROADCAST',
  'WHITEBOARD_CHANGED',
  'NOTES_CHANGED',
  'CAPTION',
] as const;
export type MeetingChangeKind = (typeof MEETING_CHANGE_KINDS)[number];

/** A change of a meeting; ids are of what it concerns. */
export const meetingChanged = defineEvent(
  'meetings.meeting.changed',
  z.object({
    meetingId: z.uuid(),
    kind: z.enum(MEETING_CHANGE_KINDS),
    participantId: z.uuid().nullable().default(null),
    trackId: z.uuid().nullable().default(null),
    recordingId: z.uuid().nullable().default(null),
    /** The emoji of a reaction, the text of a broadcast, what somebody says in a caption. */
    text: z.string().max(1_000).nullable().default(null),
    /** The language of a caption (BCP 47). */
    language: z.string().max(35).nullable().default(null),
    messageId: z.uuid().nullable().default(null),
    pollId: z.uuid().nullable().default(null),
    /** Of a caption that is kept. */
    captionId: z.uuid().nullable().default(null),
    /** Strokes that were drawn or taken back; none when the whiteboard was cleared. */
    strokeIds: z.array(z.uuid()).max(LIMITS.strokesAtOnce).default([]),
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
  'MEDIA_MOVED',
  'MEETING_ENDED',
  'BREAKOUT_ASSIGNED',
  'BREAKOUT_CLOSED',
  'SIGNAL',
] as const;
export type ParticipantChangeKind = (typeof PARTICIPANT_CHANGE_KINDS)[number];

/** A change that concerns one participant: only their user hears of it. */
export const participantChanged = defineEvent(
  'meetings.participant.changed',
  z.object({
    participantId: z.uuid(),
    userId: z.uuid(),
    meetingId: z.uuid(),
    kind: z.enum(PARTICIPANT_CHANGE_KINDS),
    trackId: z.uuid().nullable().default(null),
    /** The meeting to go to. */
    targetId: z.uuid().nullable().default(null),
    /** Of a direct call: who tells something, and what. */
    fromId: z.uuid().nullable().default(null),
    signal: z.string().max(LIMITS.signal).nullable().default(null),
  }),
);
