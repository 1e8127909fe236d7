import type { MediaSource } from '@terakoya/common/contracts';

import type { ClassRole } from '../class-member/class-member.entity';
import type { BreakoutAssignment, MeetingPolicy } from '../meeting/meeting.entity';
import type { MeetingRole, PermissionOverrides } from './participant.entity';

/** What a participant may do now. */
export interface Permissions {
  readonly maySpeak: boolean;
  readonly mayShowCamera: boolean;
  readonly mayShareScreen: boolean;
  readonly mayChat: boolean;
  readonly mayModerate: boolean;
}

const ROLE_OF_CLASS_ROLE: Readonly<Record<ClassRole, MeetingRole>> = {
  TEACHER: 'MODERATOR',
  STUDENT: 'ATTENDEE',
  SUPPORTER: 'OBSERVER',
};

/**
 * The role in which somebody comes in. In a lesson their role in the class tells, and who has none may not come in; a
 * meeting of no class is moderated by its host and open to whoever has its id.
 */
export function roleIn(
  meeting: { readonly classId: string | null; readonly hostId: string },
  userId: string,
  classRole: ClassRole | null,
): MeetingRole | null {
  if (meeting.classId !== null) return classRole && ROLE_OF_CLASS_ROLE[classRole];
  return meeting.hostId === userId ? 'MODERATOR' : 'ATTENDEE';
}

/**
 * The role in which somebody comes into a breakout room: the one they have in the meeting it belongs to. Null for who was
 * not let into that meeting or was put out of it, and for attendees and observers who are not to go to this room.
 */
export function roleInBreakout(
  { assignment }: { readonly assignment: BreakoutAssignment | null },
  inParent: { readonly role: MeetingRole; readonly admittedAt: Date | null } | null,
  isAssigned: boolean,
): MeetingRole | null {
  if (!inParent?.admittedAt) return null;
  const isOpenToThem = inParent.role === 'MODERATOR' || isAssigned || assignment === 'SELF_SELECT';
  return isOpenToThem ? inParent.role : null;
}

/** Moderators may do everything, attendees what the policy says, observers look on and chat like them; overrides come before all but moderators. */
export function permissionsOf(
  { role, overrides }: { readonly role: MeetingRole; readonly overrides: PermissionOverrides },
  policy: MeetingPolicy,
): Permissions {
  const mayModerate = role === 'MODERATOR';
  const may = (override: boolean | undefined, attendees: boolean): boolean =>
    mayModerate || (override ?? (role === 'ATTENDEE' && attendees));
  return {
    maySpeak: may(overrides.maySpeak, policy.attendeesMaySpeak),
    mayShowCamera: may(overrides.mayShowCamera, policy.attendeesMayShowCamera),
    mayShareScreen: may(overrides.mayShareScreen, policy.attendeesMayShareScreen),
    mayChat: mayModerate || (overrides.mayChat ?? policy.attendeesMayChat),
    mayModerate,
  };
}

/** Whether they may send what comes from such a source. */
export function maySend(permissions: Permissions, source: MediaSource): boolean {
  switch (source) {
    case 'MICROPHONE':
      return permissions.maySpeak;
    case 'CAMERA':
      return permissions.mayShowCamera;
    case 'SCREEN':
    case 'SCREEN_AUDIO':
      return permissions.mayShareScreen;
  }
}

export type Entry = 'COME_IN' | 'WAIT' | 'LOCKED' | 'REMOVED';

/** How somebody who asks to come in is met. Who was let in before may come back, unless they were put out. */
export function entryOf(
  meeting: { readonly policy: MeetingPolicy; readonly isLocked: boolean },
  role: MeetingRole,
  before: { readonly state: string; readonly admittedAt: Date | null } | null,
): Entry {
  if (role === 'MODERATOR') return 'COME_IN';
  if (before?.state === 'REMOVED') return 'REMOVED';
  if (before?.admittedAt) return 'COME_IN';
  if (meeting.isLocked) return 'LOCKED';
  return meeting.policy.hasWaitingRoom ? 'WAIT' : 'COME_IN';
}
