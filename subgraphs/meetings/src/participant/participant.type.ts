import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import { UserReference } from '../references.type';
import type { MeetingRole, ParticipantEntity, ParticipantState } from './participant.entity';

export const MeetingRoleEnum = { MODERATOR: 'MODERATOR', ATTENDEE: 'ATTENDEE', OBSERVER: 'OBSERVER' } as const;
registerEnumType(MeetingRoleEnum, {
  name: 'MeetingRole',
  description: 'What somebody is in a meeting.',
  valuesConfig: {
    MODERATOR: { description: 'Leads it: a teacher of the class, the host, or whom they made one.' },
    ATTENDEE: { description: 'Takes part as the policy of the meeting allows.' },
    OBSERVER: { description: 'Looks on: a supporter of the class.' },
  },
});

export const ParticipantStateEnum = {
  WAITING: 'WAITING',
  PRESENT: 'PRESENT',
  LEFT: 'LEFT',
  DENIED: 'DENIED',
  REMOVED: 'REMOVED',
} as const;
registerEnumType(ParticipantStateEnum, {
  name: 'ParticipantState',
  description: 'Where a participant is.',
  valuesConfig: {
    WAITING: { description: 'In the waiting room.' },
    PRESENT: { description: 'In the meeting.' },
    LEFT: { description: 'Not in the meeting; may come in if they were let in once.' },
    DENIED: { description: 'Turned away; may ask again.' },
    REMOVED: { description: 'Put out; comes back only when let in again.' },
  },
});

@ObjectType('ParticipantPermissions', { description: 'What a participant may do now.' })
export class PermissionsType {
  @Directive('@sameForAll')
  @Field({ description: 'Send a voice.' })
  maySpeak!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Send a camera.' })
  mayShowCamera!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Share a screen and its sound.' })
  mayShareScreen!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Write: in the chat, on the whiteboard, in the notes.' })
  mayChat!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Lead the meeting.' })
  mayModerate!: boolean;
}

@ObjectType('MeetingParticipant', {
  implements: NodeType,
  description: 'Somebody in a meeting: the same object however often they come and go.',
})
@Directive('@key(fields: "id")')
export class ParticipantType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => UserReference, { description: 'Who.' })
  user!: UserReference;

  @Directive('@sameForAll')
  @Field(() => MeetingRoleEnum, { description: 'Role in this meeting.' })
  role!: MeetingRole;

  @Directive('@sameForAll')
  @Field(() => ParticipantStateEnum, { description: 'Where they are.' })
  state!: ParticipantState;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When they came in last; null when they never did.' })
  joinedAt!: Date | null;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When they left last; null while they are present.' })
  leftAt!: Date | null;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'Since when their hand is up; null when it is not.' })
  handRaisedAt!: Date | null;

  meetingId!: string;
  row!: ParticipantEntity;
}

export const ParticipantConnection = connectionOf(ParticipantType, 'MeetingParticipant');

export function presentParticipant(row: ParticipantEntity): ParticipantType {
  const { id, meetingId, userId, role, state, joinedAt, leftAt, handRaisedAt } = row;
  return { id, meetingId, row, user: { id: userId }, role, state, joinedAt, leftAt, handRaisedAt };
}
