import {
  type MeetingChangeKind,
  type ParticipantChangeKind,
  meetingChanged,
  participantChanged,
} from '@terakoya/common/contracts';
import type { EntityManager } from '@terakoya/common/database';
import { publish } from '@terakoya/common/outbox';

import type { ParticipantEntity } from './participant/participant.entity';

/** What a change concerns besides the meeting. */
interface Concerns {
  readonly participantId?: string;
  readonly trackId?: string;
  readonly recordingId?: string;
  readonly text?: string;
  readonly language?: string;
  readonly messageId?: string;
  readonly pollId?: string;
  readonly captionId?: string | null;
  readonly strokeIds?: string[];
}

/** What a change of one participant concerns besides. */
interface OwnConcerns {
  readonly trackId?: string;
  readonly targetId?: string;
  readonly fromId?: string;
  readonly signal?: string;
}

/** Tells everybody in the meeting, in the transaction that changes it. */
export async function tellMeeting(
  manager: EntityManager,
  meetingId: string,
  kind: MeetingChangeKind,
  concerns: Concerns = {},
): Promise<void> {
  await publish(manager, meetingChanged, meetingId, { meetingId, kind, ...concerns });
}

/** Tells one participant alone, in the transaction that changes what they may or have. */
export async function tellParticipant(
  manager: EntityManager,
  { id, userId, meetingId }: Pick<ParticipantEntity, 'id' | 'userId' | 'meetingId'>,
  kind: ParticipantChangeKind,
  concerns: OwnConcerns = {},
): Promise<void> {
  await publish(manager, participantChanged, meetingId, { participantId: id, userId, meetingId, kind, ...concerns });
}
