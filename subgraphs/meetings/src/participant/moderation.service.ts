import type { Viewer } from '@terakoya/common/auth';
import { ConflictError, NotFoundError } from '@terakoya/common/errors';

import { inOpenRooms } from '../breakout/rooms';
import type { MeetingEvents } from '../events';
import { trackRepository } from '../media/track.repository';
import { enforcePermissions, muteTracks } from '../media/tracks';
import type { MeetingEntity } from '../meeting/meeting.entity';
import { meetingRepository } from '../meeting/meeting.repository';
import type { MeetingWork, PresentScope, Scope } from '../meeting/meeting-work';
import { tellMeeting, tellParticipant } from '../telling';
import { takeOut } from './leaving';
import type { MeetingRole, ParticipantEntity, PermissionOverrides } from './participant.entity';
import { participantRepository } from './participant.repository';

/** What a moderator sets for one participant; what is left out stays. */
export interface ParticipantChange {
  readonly role?: MeetingRole;
  /** Null takes an exception back: the policy holds again. */
  readonly overrides?: { readonly [K in keyof PermissionOverrides]?: boolean | null };
}

/** What moderators do with others. */
export class ModerationService {
  constructor(
    private readonly work: MeetingWork,
    private readonly events: MeetingEvents,
  ) {}

  /** Lets in one who waits, or one who was put out: they may join now. */
  admit(viewer: Viewer | null, meetingId: string, participantId: string): Promise<ParticipantEntity> {
    return this.#with(viewer, meetingId, participantId, (scope, participant) => admit(scope, participant));
  }

  /** Lets in everybody who waits; gives how many. */
  admitAll(viewer: Viewer | null, meetingId: string): Promise<number> {
    return this.work.asModerator(viewer, meetingId, async (scope) => {
      const waiting = await participantRepository.inState(scope.manager, meetingId, 'WAITING');
      for (const participant of waiting) await admit(scope, participant);
      return waiting.length;
    });
  }

  /** Turns away one who waits; they may ask again. */
  deny(viewer: Viewer | null, meetingId: string, participantId: string): Promise<ParticipantEntity> {
    return this.#with(viewer, meetingId, participantId, async (scope, participant) => {
      if (participant.state !== 'WAITING') throw new ConflictError('Only who waits can be turned away.');
      await tellParticipant(scope.manager, participant, 'DENIED');
      return takeOut(scope, participant, 'DENIED');
    });
  }

  /** Puts somebody out, also of its breakout rooms; they come back only when they are let in again. */
  remove(viewer: Viewer | null, meetingId: string, participantId: string): Promise<ParticipantEntity> {
    return this.#with(viewer, meetingId, participantId, async (scope, participant) => {
      if (participant.id === scope.me.id) throw new ConflictError('Leave the meeting instead of removing yourself.');
      await tellParticipant(scope.manager, participant, 'REMOVED');
      this.events.removed(meetingId, participant.id);
      await inOpenRooms(scope, participant.userId, (there, theirs) => takeOut(there, theirs, 'LEFT'));
      return takeOut(scope, participant, 'REMOVED');
    });
  }

  /** Pauses what somebody's microphone sends; they can resume it while they may speak. */
  mute(viewer: Viewer | null, meetingId: string, participantId: string): Promise<ParticipantEntity> {
    return this.#with(viewer, meetingId, participantId, async (scope, participant) => {
      await muteVoices(scope, [participant]);
      return participant;
    });
  }

  /** Pauses every microphone but those of moderators; gives how many participants that were asked to be quiet there are. */
  muteAll(viewer: Viewer | null, meetingId: string): Promise<number> {
    return this.work.asModerator(viewer, meetingId, async (scope) => {
      const present = await participantRepository.inState(scope.manager, meetingId, 'PRESENT');
      const others = present.filter(({ role }) => role !== 'MODERATOR');
      return muteVoices(scope, others);
    });
  }

  /** Asks somebody to speak: only they themselves can open their microphone. */
  askToUnmute(viewer: Viewer | null, meetingId: string, participantId: string): Promise<ParticipantEntity> {
    return this.#with(viewer, meetingId, participantId, async ({ manager }, participant) => {
      await tellParticipant(manager, participant, 'UNMUTE_ASKED');
      return participant;
    });
  }

  /** Lowers somebody's hand, or everybody's. */
  lowerHands(viewer: Viewer | null, meetingId: string, participantId: string | null): Promise<number> {
    return this.work.asModerator(viewer, meetingId, async ({ manager }) => {
      const present = await participantRepository.inState(manager, meetingId, 'PRESENT');
      const raised = present.filter(
        ({ id, handRaisedAt }) => handRaisedAt && (participantId === null || id === participantId),
      );
      for (const { id } of raised) {
        await participantRepository.update(manager, id, { handRaisedAt: null });
        await tellMeeting(manager, meetingId, 'PARTICIPANT_UPDATED', { participantId: id });
      }
      return raised.length;
    });
  }

  /** Sets somebody's role and exceptions; what they may no longer send ends at once. */
  change(
    viewer: Viewer | null,
    meetingId: string,
    participantId: string,
    { role, overrides = {} }: ParticipantChange,
  ): Promise<ParticipantEntity> {
    return this.#with(viewer, meetingId, participantId, async (scope, participant) => {
      const changed = {
        ...participant,
        role: role ?? participant.role,
        overrides: withoutNulls({ ...participant.overrides, ...overrides }),
      };
      if (participant.id === scope.me.id && changed.role !== 'MODERATOR') {
        throw new ConflictError('You cannot give up your own moderation: make somebody else do it.');
      }
      const { manager } = scope;
      await participantRepository.update(manager, participant.id, { role: changed.role, overrides: changed.overrides });
      await tellParticipant(manager, participant, 'PERMISSIONS_CHANGED');
      await tellMeeting(manager, meetingId, 'PARTICIPANT_UPDATED', { participantId: participant.id });
      await enforcePermissions(scope, [changed]);
      await inOpenRooms(scope, participant.userId, (there, theirs) => setRole(there, theirs, changed.role));
      return changed;
    });
  }

  /** While it is locked nobody new comes in; moderators do. */
  setLocked(viewer: Viewer | null, meetingId: string, isLocked: boolean): Promise<MeetingEntity> {
    return this.#update(viewer, meetingId, () => Promise.resolve({ isLocked }));
  }

  /** Shows one participant large to everybody, or nobody. */
  setSpotlight(viewer: Viewer | null, meetingId: string, participantId: string | null): Promise<MeetingEntity> {
    return this.#update(viewer, meetingId, async (scope) => {
      if (participantId !== null) await present(scope, participantId);
      return { spotlightId: participantId };
    });
  }

  #update(
    viewer: Viewer | null,
    meetingId: string,
    change: (scope: PresentScope) => Promise<Partial<MeetingEntity>>,
  ): Promise<MeetingEntity> {
    return this.work.asModerator(viewer, meetingId, async (scope) => {
      const changed = await change(scope);
      await meetingRepository.update(scope.manager, meetingId, changed);
      await tellMeeting(scope.manager, meetingId, 'MEETING_UPDATED');
      return { ...scope.meeting, ...changed };
    });
  }

  /** For moderators, with a participant of the same meeting. */
  #with<T>(
    viewer: Viewer | null,
    meetingId: string,
    participantId: string,
    work: (scope: PresentScope, participant: ParticipantEntity) => Promise<T>,
  ): Promise<T> {
    return this.work.asModerator(viewer, meetingId, async (scope) => work(scope, await find(scope, participantId)));
  }
}

async function find({ manager, meeting }: Scope, participantId: string): Promise<ParticipantEntity> {
  const participant = await participantRepository.find(manager, participantId);
  if (participant?.meetingId !== meeting.id) throw new NotFoundError('participant', participantId);
  return participant;
}

async function present(scope: Scope, participantId: string): Promise<ParticipantEntity> {
  const participant = await find(scope, participantId);
  if (participant.state !== 'PRESENT') throw new ConflictError('The participant is not in the meeting.');
  return participant;
}

async function admit({ manager, meeting }: Scope, participant: ParticipantEntity): Promise<ParticipantEntity> {
  if (participant.admittedAt) return participant;
  const change = { admittedAt: new Date(), state: 'LEFT' as const };
  await participantRepository.update(manager, participant.id, change);
  await tellParticipant(manager, participant, 'ADMITTED');
  await tellMeeting(manager, meeting.id, 'PARTICIPANT_UPDATED', { participantId: participant.id });
  return { ...participant, ...change };
}

/** In breakout rooms they are what they are in the meeting. */
async function setRole(scope: Scope, participant: ParticipantEntity, role: MeetingRole): Promise<void> {
  if (participant.role === role) return;
  const { manager, meeting } = scope;
  await participantRepository.update(manager, participant.id, { role });
  await tellMeeting(manager, meeting.id, 'PARTICIPANT_UPDATED', { participantId: participant.id });
  await enforcePermissions(scope, [{ ...participant, role }]);
}

async function muteVoices(scope: Scope, participants: readonly ParticipantEntity[]): Promise<number> {
  const tracks = await trackRepository.liveOf(
    scope.manager,
    participants.map(({ id }) => id),
  );
  const voices = tracks.filter(({ source, isPaused }) => source === 'MICROPHONE' && !isPaused);
  await muteTracks(scope, participants, voices);
  return new Set(voices.map(({ participantId }) => participantId)).size;
}

function withoutNulls(overrides: { readonly [K in keyof PermissionOverrides]?: boolean | null }): PermissionOverrides {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== null && value !== undefined));
}
