import { type MeetingChangeKind, meetingChanged, speakerChanged } from '@terakoya/common/contracts';
import { NotFoundError } from '@terakoya/common/errors';
import { decodeId } from '@terakoya/common/global-ids';

import { type Topic, type TopicEvent, entity, feed } from './topic';

interface Change {
  readonly kind: MeetingChangeKind;
  readonly meetingId: string;
  readonly participantId?: string | null;
  readonly trackId?: string | null;
  readonly text?: string | null;
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

function changeOf({ kind, meetingId, participantId, trackId, text = null }: Change): TopicEvent {
  return {
    key: meetingId,
    value: {
      kind,
      meeting: entity('Meeting', meetingId),
      participant: entity('MeetingParticipant', participantId),
      track: entity('MediaTrack', trackId),
      text,
    },
    changesAudience: CHANGES_AUDIENCE.has(kind),
  };
}
