import type { Viewer } from '@terakoya/common/auth';

/** Notebooks and all that is in them are for their owner alone; not even an admin may look. */
export function isOwner(viewer: Pick<Viewer, 'userId'> | null, thing: { readonly ownerId: string }): boolean {
  return viewer !== null && viewer.userId === thing.ownerId;
}
