import type { Viewer } from '@terakoya/common/auth';

/** Images of pages lie under `pages/<owner>/…` and are the owner's alone. */
export function canSeeImage(viewer: Viewer | null, key: string): boolean {
  return viewer !== null && key.startsWith(`pages/${viewer.userId}/`);
}
