import { type MeetingChangeKind, meetingChanged, speakerChanged } from '@terakoya/common/contracts';
import { NotFoundError } from '@terakoya/common/errors';
import { decodeId } from '@terakoya/common/global-ids';

import { type Topic, type TopicEvent, entity, feed } from './topic';

interface Change {
  readonly kind: MeetingChangeKind;
  readonly meetingId: string;
  readonly participantId?: string | null;
  readonly trackId?: string | null;
  readonly recordingId?: string | null;
  readonly text?: string | null;
  readonly language?: string | null;
  readonly messageId?: string | null;
  readonly pollId?: string | null;
  readonly captionId?: string | null;
  readonly strokeIds?: readonly string[];
}

/** Who is in the meeting hears of it; with these somebody comes or goes. */
const CHANGES_AUDIENCE: ReadonlySet<MeetingChangeKind> = new Set([
  'PARTICIPANT_JOINED',
  'PARTICIPANT_LEFT',
  'MEETING_ENDED',
]);

/** `Subscription.meetingChanged`: what happens in one meeting, as everybody in it hears of it. */
export const meetingChangedTopic: Topic = {
  field: 'meetingChanged',
  feeds: [
    feed(meetingChanged, changeOf),
    feed(speakerChanged, ({ room: { meetingId }, participantId }) =>
      changeOf({ kind: 'ACTIVE_SPEAKER', meetingId, participantId }),
    ),
  ],
  keyOf: ({ id }) => decodeId('Meeting', String(id), 'id'),
  audience: {
    subgraph: 'meetings',
    query:
      'query Audience($key: String!, $userIds: [String!]!) { meetingAudience(meetingId: $key, userIds: $userIds) }',
    field: 'meetingAudience',
    refusal: (id) => new NotFoundError('meeting', id),
  },
};

function changeOf(change: Change): TopicEvent {
  const { kind, meetingId, participantId, trackId, recordingId, text = null, language = null, strokeIds = [] } = change;
  return {
    key: meetingId,
    value: {
      kind,
      meeting: entity('Meeting', meetingId),
      participant: entity('MeetingParticipant', participantId),
      track: entity('MediaTrack', trackId),
      recording: entity('Recording', recordingId),
      text,
      language,
      message: entity('MeetingMessage', change.messageId),
      poll: entity('MeetingPoll', change.pollId),
      caption: entity('MeetingCaption', change.captionId),
      strokes: strokeIds.map((id) => entity('WhiteboardStroke', id)),
    },
    changesAudience: CHANGES_AUDIENCE.has(kind),
  };
}
