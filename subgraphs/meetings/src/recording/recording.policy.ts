import type { ClassRole } from '../class-member/class-member.entity';

/** A lesson is recorded by teachers of its class, another meeting by its host: moderating alone is not enough. */
export function canRecord(
  meeting: { readonly classId: string | null; readonly hostId: string },
  userId: string,
  classRole: ClassRole | null,
): boolean {
  return meeting.classId === null ? meeting.hostId === userId : classRole === 'TEACHER';
}
