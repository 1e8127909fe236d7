import type { JoinMeetingMutation } from '../generated/graphql';
import { loadParticipants } from './documents';
import type { CountedGraph } from './graph';
import type { Participant } from './meeting-state';

type FirstPage = NonNullable<JoinMeetingMutation['joinMeeting']['meeting']>['participants'];

/** Everybody who is in a meeting, however many pages that takes after the first. */
export async function loadAllParticipants(
  graph: CountedGraph,
  meetingId: string,
  first: FirstPage,
): Promise<Participant[]> {
  const found = first.edges.map(({ node }) => node);
  for (let { pageInfo } = first; pageInfo.hasNextPage;) {
    const { meeting } = await graph.ask(loadParticipants, { meetingId, after: pageInfo.endCursor });
    if (!meeting) break;
    found.push(...meeting.participants.edges.map(({ node }) => node));
    ({ pageInfo } = meeting.participants);
  }
  return found;
}
