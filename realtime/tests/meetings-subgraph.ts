import type { Viewer } from '@terakoya/common/auth';
import { ForbiddenError } from '@terakoya/common/errors';
import { type TestSubgraph, startSubgraph } from '@terakoya/common/testkit';

const TYPES = ['Meeting', 'MeetingParticipant', 'MeetingMessage', 'MeetingPoll', 'MeetingCaption', 'WhiteboardStroke'];
const SDL = `
  type Query {
    meetingAudience(meetingId: String!, userIds: [String!]!): [String!]! @inaccessible
    participantAudience(participantId: String!, userIds: [String!]!): [String!]! @inaccessible
  }
  ${TYPES.map((type) => `type ${type} @key(fields: "id") { id: ID! @sameForAll name: String! @sameForAll }`).join('\n')}
`;

interface Asker {
  readonly viewer: Viewer | null;
  readonly caller?: unknown;
}

/** A subgraph that knows every object of meetings by a name, and lets `mayHear` tell who hears of a key. */
export function startMeetings(mayHear: (key: string, userId: string) => boolean): Promise<TestSubgraph> {
  const audience = (key: string, userIds: readonly string[], { viewer, caller }: Asker): string[] => {
    if (caller !== 'realtime' || viewer) throw new ForbiddenError();
    return userIds.filter((userId) => mayHear(key, userId));
  };
  const named = {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    name: ({ id }: { id: string }) => `the ${id}`,
  };
  return startSubgraph('meetings', SDL, {
    Query: {
      meetingAudience: (_parent: never, args: { meetingId: string; userIds: string[] }, asker: Asker) =>
        audience(args.meetingId, args.userIds, asker),
      participantAudience: (_parent: never, args: { participantId: string; userIds: string[] }, asker: Asker) =>
        audience(args.participantId, args.userIds, asker),
    },
    ...Object.fromEntries(TYPES.map((type) => [type, named])),
  });
}
