import type { Viewer } from '@terakoya/common/auth';

/** A file is its owner's alone: to see, to complete, to delete. */
export function canUseFile(viewer: Viewer | null, file: { readonly ownerId: string }): boolean {
  return viewer?.userId === file.ownerId;
}
