import type { ParticipantEntity } from '../participant/participant.entity';

/** Those who wrote it and moderators remove a message, also after the end; not those who were put out. */
export function canRemoveMessage(
  me: Pick<ParticipantEntity, 'id' | 'role' | 'admittedAt'>,
  message: { readonly participantId: string },
): boolean {
  return me.admittedAt !== null && (me.role === 'MODERATOR' || me.id === message.participantId);
}
