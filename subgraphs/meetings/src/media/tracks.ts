import type { EntityManager } from '@terakoya/common/database';

import type { Scope } from '../meeting/meeting-work';
import type { ParticipantEntity } from '../participant/participant.entity';
import { maySend, permissionsOf } from '../participant/permissions.policy';
import { tellMeeting, tellParticipant } from '../telling';
import { closeProducer, pauseProducer } from './effects';
import type { RoomEntity } from './room.entity';
import { roomRepository } from './room.repository';
import type { TrackEntity } from './track.entity';
import { trackRepository } from './track.repository';

/** Marks tracks as over, and tells of it; what the media nodes have of them goes another way. */
export async function endTracks(manager: EntityManager, tracks: readonly TrackEntity[]): Promise<void> {
  if (tracks.length === 0) return;
  await trackRepository.end(
    manager,
    tracks.map(({ id }) => id),
    new Date(),
  );
  for (const { id, meetingId, participantId } of tracks) {
    await tellMeeting(manager, meetingId, 'TRACK_ENDED', { participantId, trackId: id });
  }
}

/** Ends tracks, and has their nodes close them. */
export async function closeTracks(scope: Scope, tracks: readonly TrackEntity[]): Promise<void> {
  await endTracks(scope.manager, tracks);
  await onNodes(scope, tracks, (room, track) => scope.after(closeProducer(room, track)));
}

/** Pauses or resumes those of the tracks that are not yet so, here and on their nodes. Gives the changed ones. */
export async function pauseTracks(
  scope: Scope,
  tracks: readonly TrackEntity[],
  isPaused: boolean,
): Promise<TrackEntity[]> {
  const changing = tracks.filter((track) => track.isPaused !== isPaused);
  if (changing.length === 0) return [];
  await trackRepository.setPaused(
    scope.manager,
    changing.map(({ id }) => id),
    isPaused,
  );
  const kind = isPaused ? 'TRACK_PAUSED' : 'TRACK_RESUMED';
  for (const { id, meetingId, participantId } of changing) {
    await tellMeeting(scope.manager, meetingId, kind, { participantId, trackId: id });
  }
  await onNodes(scope, changing, (room, track) => scope.after(pauseProducer(room, track, isPaused)));
  return changing.map((track) => ({ ...track, isPaused }));
}

/** Mutes tracks by a moderator's word: their senders are told. */
export async function muteTracks(
  scope: Scope,
  participants: readonly ParticipantEntity[],
  tracks: readonly TrackEntity[],
): Promise<void> {
  const muted = await pauseTracks(scope, tracks, true);
  const senders = new Map(participants.map((participant) => [participant.id, participant]));
  for (const { id, participantId } of muted) {
    const sender = senders.get(participantId);
    if (sender) await tellParticipant(scope.manager, sender, 'MUTED', { trackId: id });
  }
}

/** After a change of what participants may do: voices and cameras that may not be sent pause, shared screens end. */
export async function enforcePermissions(scope: Scope, participants: readonly ParticipantEntity[]): Promise<void> {
  const tracks = await trackRepository.liveOf(
    scope.manager,
    participants.map(({ id }) => id),
  );
  const allowed = new Map(participants.map((one) => [one.id, permissionsOf(one, scope.meeting.policy)]));
  const forbidden = tracks.filter(({ participantId, source }) => {
    const permissions = allowed.get(participantId);
    return permissions && !maySend(permissions, source);
  });
  const isScreen = ({ source }: TrackEntity): boolean => source === 'SCREEN' || source === 'SCREEN_AUDIO';
  await muteTracks(
    scope,
    participants,
    forbidden.filter((track) => !isScreen(track)),
  );
  await closeTracks(scope, forbidden.filter(isScreen));
}

async function onNodes(
  { manager, meeting }: Scope,
  tracks: readonly TrackEntity[],
  tell: (room: RoomEntity, track: TrackEntity) => void,
): Promise<void> {
  const nodeIds = new Set(tracks.map(({ nodeId }) => nodeId));
  const rooms = await roomRepository.findMany(manager, meeting.id, [...nodeIds]);
  const byNode = new Map(rooms.map((room) => [room.nodeId, room]));
  for (const track of tracks) {
    const room = byNode.get(track.nodeId);
    if (room) tell(room, track);
  }
}
