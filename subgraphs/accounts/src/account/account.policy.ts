import { type Viewer, isAdmin } from '@terakoya/common/auth';

export function canSeeEmail(viewer: Viewer | null, account: { readonly id: string }): boolean {
  return viewer?.userId === account.id || isAdmin(viewer);
}

/** Names and roles are known to everybody who is signed in. */
export function canSeeUser(viewer: Viewer | null): boolean {
  return viewer !== null;
}

export function canSetRole(viewer: Viewer | null): boolean {
  return isAdmin(viewer);
}
