import type { ClassRole } from '../class-member/class-member.entity';
import type { MeetingPolicy } from './meeting.entity';

/** The policy of a new meeting: a lesson's class is known, in another one whoever comes is looked at first. */
export function policyOf(classId: string | null, chosen: Partial<MeetingPolicy> = {}): MeetingPolicy {
  return {
    hasWaitingRoom: classId === null,
    attendeesMaySpeak: true,
    attendeesMayShowCamera: true,
    attendeesMayShareScreen: false,
    attendeesMayChat: true,
    ...chosen,
  };
}

/** A lesson is seen by its class; another meeting by its host and those who were let in. */
export function canSeeMeeting(
  meeting: { readonly classId: string | null; readonly hostId: string },
  userId: string,
  { classRole, admittedAt }: { readonly classRole: ClassRole | null; readonly admittedAt: Date | null },
): boolean {
  if (meeting.classId !== null) return classRole !== null;
  return meeting.hostId === userId || admittedAt !== null;
}
