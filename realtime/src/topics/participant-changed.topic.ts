import { participantChanged } from '@terakoya/common/contracts';
import { NotFoundError } from '@terakoya/common/errors';
import { decodeId } from '@terakoya/common/global-ids';

import { type Topic, entity, feed } from './topic';

/** `Subscription.participantChanged`: what concerns one participant of a meeting alone. */
export const participantChangedTopic: Topic = {
  field: 'participantChanged',
  feeds: [
    feed(participantChanged, ({ kind, participantId, trackId, targetId, fromId, signal }) => ({
      key: participantId,
      value: {
        kind,
        participant: entity('MeetingParticipant', participantId),
        track: entity('MediaTrack', trackId),
        target: entity('Meeting', targetId),
        from: entity('MeetingParticipant', fromId),
        signal: signal ?? null,
      },
    })),
  ],
  keyOf: ({ id }) => decodeId('MeetingParticipant', String(id), 'id'),
  audience: {
    subgraph: 'meetings',
    query:
      'query Audience($key: String!, $userIds: [String!]!) { participantAudience(participantId: $key, userIds: $userIds) }',
    field: 'participantAudience',
    refusal: (id) => new NotFoundError('participant', id),
  },
};
