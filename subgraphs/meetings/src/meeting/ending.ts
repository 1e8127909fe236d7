import { trackRepository } from '../media/track.repository';
import { closeRooms } from '../participant/leaving';
import type { ParticipantEntity } from '../participant/participant.entity';
import { participantRepository } from '../participant/participant.repository';
import { closePolls } from '../poll/closing';
import { stopRunning } from '../recording/stopping';
import { tellMeeting, tellParticipant } from '../telling';
import type { MeetingEntity } from './meeting.entity';
import { meetingRepository } from './meeting.repository';
import type { Scope } from './meeting-work';

/** What came of ending a meeting: the meeting as it is now, and who was in it. */
export interface Ended {
  readonly meeting: MeetingEntity;
  readonly inside: readonly ParticipantEntity[];
}

/** Ends a meeting for everybody, for good, with its media, its recording and open polls. */
export async function endMeeting(scope: Scope): Promise<Ended> {
  const { manager, meeting } = scope;
  const endedAt = new Date();
  await closePolls(manager, meeting.id);
  const inside = await participantRepository.inState(manager, meeting.id, 'PRESENT', 'WAITING');
  const insideIds = inside.map(({ id }) => id);
  const tracks = await trackRepository.liveOf(manager, insideIds);
  const trackIds = tracks.map(({ id }) => id);
  await trackRepository.end(manager, trackIds, endedAt);
  for (const participant of inside) {
    const isPresent = participant.state === 'PRESENT';
    const change = { state: 'LEFT' as const, handRaisedAt: null, sessionId: null, nodeId: null };
    await participantRepository.update(manager, participant.id, { ...change, leftAt: isPresent ? endedAt : null });
    await tellParticipant(manager, participant, 'MEETING_ENDED');
  }
  await stopRunning(scope);
  await closeRooms(scope);
  await meetingRepository.update(manager, meeting.id, { endedAt, spotlightId: null });
  await tellMeeting(manager, meeting.id, 'MEETING_ENDED');
  return { meeting: { ...meeting, endedAt, spotlightId: null }, inside };
}
