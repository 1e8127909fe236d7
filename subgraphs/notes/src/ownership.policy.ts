import type { Viewer } from '@terakoya/common/auth';

/** Notebooks, their pages and imports are their owner's alone, also to admins and teachers. */
export function isOwner(viewer: Viewer | null, thing: { readonly ownerId: string }): boolean {
  return viewer?.userId === thing.ownerId;
}
