import type { Viewer } from '@terakoya/common/auth';

/** A notebook's summary is for its owner alone. */
export function canSeeSummary(viewer: Viewer | null, summary: { readonly ownerId: string }): boolean {
  return viewer?.userId === summary.ownerId;
}
