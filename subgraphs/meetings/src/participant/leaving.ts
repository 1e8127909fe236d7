import { closeRoom, leaveRoom } from '../media/effects';
import { roomRepository } from '../media/room.repository';
import { trackRepository } from '../media/track.repository';
import { endTracks } from '../media/tracks';
import { meetingRepository } from '../meeting/meeting.repository';
import type { Scope } from '../meeting/meeting-work';
import { stopRunning } from '../recording/stopping';
import { tellMeeting } from '../telling';
import type { ParticipantEntity, ParticipantState } from './participant.entity';
import { participantRepository } from './participant.repository';

/** Has the node of their media session close it. */
export async function leaveSession({ manager, after }: Scope, participant: ParticipantEntity): Promise<void> {
  const { id, meetingId, nodeId, sessionId } = participant;
  const room = nodeId === null ? null : await roomRepository.find(manager, meetingId, nodeId);
  if (room && sessionId) after(leaveRoom(room, id, sessionId));
}

/** Takes somebody who waits or is present out of the meeting, whoever wants it; the last one takes its media along. */
export async function takeOut(
  scope: Scope,
  participant: ParticipantEntity,
  state: Extract<ParticipantState, 'LEFT' | 'REMOVED' | 'DENIED'>,
): Promise<ParticipantEntity> {
  const { manager, meeting } = scope;
  await endTracks(manager, await trackRepository.liveOf(manager, [participant.id]));
  await leaveSession(scope, participant);
  const change = {
    state,
    admittedAt: state === 'LEFT' ? participant.admittedAt : null,
    leftAt: new Date(),
    handRaisedAt: null,
    sessionId: null,
    nodeId: null,
  };
  await participantRepository.update(manager, participant.id, change);
  await tellMeeting(manager, meeting.id, 'PARTICIPANT_LEFT', { participantId: participant.id });
  if (meeting.spotlightId === participant.id) {
    await meetingRepository.update(manager, meeting.id, { spotlightId: null });
    await tellMeeting(manager, meeting.id, 'MEETING_UPDATED');
  }
  if ((await participantRepository.countPresent(manager, meeting.id)) === 0) {
    await stopRunning(scope);
    await closeRooms(scope);
  }
  return { ...participant, ...change };
}

/** Ends the media of the meeting on every node. */
export async function closeRooms({ manager, meeting, after }: Scope): Promise<void> {
  for (const room of await roomRepository.ofMeeting(manager, meeting.id)) {
    await roomRepository.remove(manager, room);
    after(closeRoom(room));
  }
}
