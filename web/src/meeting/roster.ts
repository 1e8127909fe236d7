import type { WatchMeetingSubscription } from '../generated/graphql';
import type { MeetingFacts, MeetingState, Participant, Track } from './meeting-state';

export type MeetingChange = WatchMeetingSubscription['meetingChanged'];

/** The state after joining: who is there is known, whatever was known before. */
export function withMeeting(
  state: MeetingState,
  meeting: MeetingFacts,
  me: Participant,
  participants: readonly Participant[],
): MeetingState {
  return {
    ...state,
    meeting,
    me,
    participants: new Map([...participants.map((one) => [one.id, one] as const), [me.id, me]]),
  };
}

/** The state after a change. Each tells its objects as they are now: hearing of a change twice is hearing of it once. */
export function withChange(state: MeetingState, change: MeetingChange, at: number): MeetingState {
  const { kind, meeting, participant, text } = change;
  const known = participant ? withParticipant({ ...state, meeting }, participant) : { ...state, meeting };
  if (kind === 'ACTIVE_SPEAKER') return { ...known, speakerId: participant?.id ?? null };
  if (kind === 'REACTION' && participant && text !== null) {
    return { ...known, reaction: { participantId: participant.id, emoji: text, at } };
  }
  return known;
}

/** Puts somebody among those present, those who wait, or neither, as they are now. */
export function withParticipant(state: MeetingState, participant: Participant): MeetingState {
  const me = state.me?.id === participant.id ? participant : state.me;
  return {
    ...state,
    me,
    participants: placed(state.participants, participant, participant.state === 'PRESENT'),
    waiting: placed(state.waiting, participant, participant.state === 'WAITING'),
    speakerId: state.speakerId === participant.id && participant.state !== 'PRESENT' ? null : state.speakerId,
  };
}

/** The state with what somebody sends in a direct call, of which the school knows nothing. */
export function withTracks(state: MeetingState, participantId: string, tracks: readonly Track[]): MeetingState {
  const participant = state.participants.get(participantId);
  if (!participant) return state;
  return {
    ...state,
    participants: new Map(state.participants).set(participantId, { ...participant, tracks: [...tracks] }),
  };
}

/** The tracks of everybody but oneself. */
export function tracksOfOthers({ participants, me }: MeetingState): Track[] {
  return [...participants.values()].filter(({ id }) => id !== me?.id).flatMap(({ tracks }) => tracks);
}

function placed(
  among: ReadonlyMap<string, Participant>,
  participant: Participant,
  isThere: boolean,
): ReadonlyMap<string, Participant> {
  if (!isThere && !among.has(participant.id)) return among;
  const next = new Map(among);
  if (isThere) next.set(participant.id, participant);
  else next.delete(participant.id);
  return next;
}
