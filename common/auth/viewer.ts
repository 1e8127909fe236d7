import { UnauthenticatedError } from '../errors';

/** Roles in the whole school; a class has roles of its own. */
export const ROLES = ['STUDENT', 'TEACHER', 'SUPPORTER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** The signed-in user on whose behalf something is done. */
export interface Viewer {
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string;
}

/** The viewer, or UNAUTHENTICATED when nobody is signed in. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (!viewer) throw new UnauthenticatedError();
  return viewer;
}

export function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.role === 'ADMIN';
}

export function canTeach(viewer: Viewer): boolean {
  return viewer.role === 'TEACHER' || viewer.role === 'ADMIN';
}
