import type { Permissions } from '../participant/permissions.policy';

/** Who may write to the others may write the notes with them. */
export function canWriteNotes({ mayChat }: Pick<Permissions, 'mayChat'>): boolean {
  return mayChat;
}
