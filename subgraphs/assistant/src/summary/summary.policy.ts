import type { Viewer } from '@terakoya/common/auth';

/** A summary tells what is in the notebook: it is for the notebook's owner alone. */
export function canReadSummary(viewer: Viewer | null, summary: { readonly ownerId: string }): boolean {
  return viewer !== null && viewer.userId === summary.ownerId;
}
