import { type Viewer, canTeach } from '@terakoya/common/auth';

import type { ClassRole } from './class.entity';

/** The viewer's own membership in the class, or null. */
interface Membership {
  readonly role: ClassRole;
}

export function canCreateClass(viewer: Viewer | null): boolean {
  return viewer !== null && canTeach(viewer);
}

/** A class is seen by its members only. */
export function canSeeClass(membership: Membership | null): boolean {
  return membership !== null;
}

/** Invitations, roles and removals are the class's teachers'. */
export function canManageClass(membership: Membership | null): boolean {
  return membership?.role === 'TEACHER';
}
