import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import { UserReference } from '../references.type';
import type { BreakoutAssignment, MeetingEntity } from './meeting.entity';

export const BreakoutAssignmentEnum = { MANUAL: 'MANUAL', RANDOM: 'RANDOM', SELF_SELECT: 'SELF_SELECT' } as const;
registerEnumType(BreakoutAssignmentEnum, {
  name: 'BreakoutAssignment',
  description: 'How people come into breakout rooms.',
  valuesConfig: {
    MANUAL: { description: 'A moderator says who goes where.' },
    RANDOM: { description: 'Whoever is present and does not moderate is shared out by chance, evenly.' },
    SELF_SELECT: { description: 'Everybody goes where they like.' },
  },
});

@ObjectType('MeetingPolicy', { description: 'What those may do who do not moderate, and how one comes in.' })
export class MeetingPolicyType {
  @Directive('@sameForAll')
  @Field({ description: 'Whether whoever comes for the first time waits until a moderator lets them in.' })
  hasWaitingRoom!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether attendees may send a voice.' })
  attendeesMaySpeak!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether attendees may send a camera.' })
  attendeesMayShowCamera!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether attendees may share a screen.' })
  attendeesMayShareScreen!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether attendees and observers may write: in the chat, on the whiteboard, in the notes.' })
  attendeesMayChat!: boolean;
}

@ObjectType('Class', { implements: NodeType, description: 'A class: those who learn together and who teach them.' })
@Directive('@key(fields: "id")')
export class ClassReference extends NodeType {}

@ObjectType('Meeting', {
  implements: NodeType,
  description: 'A meeting with video: a lesson of a class, or open to whoever is let in.',
})
@Directive('@key(fields: "id")')
export class MeetingType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: 'The title, 1 to 200 characters.' })
  title!: string;

  @Directive('@sameForAll')
  @Field(() => ClassReference, {
    nullable: true,
    description: 'The class whose lesson it is; null for other meetings.',
  })
  class!: ClassReference | null;

  @Directive('@sameForAll')
  @Field(() => UserReference, { description: 'Who made it.' })
  host!: UserReference;

  @Directive('@sameForAll')
  @Field(() => MeetingPolicyType, { description: 'What is allowed in it.' })
  policy!: MeetingPolicyType;

  @Directive('@sameForAll')
  @Field({ description: 'Whether nobody new comes in.' })
  isLocked!: boolean;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it is to begin, by the timetable; null without one.' })
  startsAt!: Date | null;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it ended; null while it can be joined.' })
  endedAt!: Date | null;

  @Directive('@sameForAll')
  @Field(() => BreakoutAssignmentEnum, {
    nullable: true,
    description: 'How people come into it, when it is a breakout room; else null.',
  })
  assignment!: BreakoutAssignment | null;

  @Directive('@sameForAll')
  @Field(() => Date, {
    nullable: true,
    description: 'When it closes by itself, when it is a breakout room with a time limit; else null.',
  })
  closesAt!: Date | null;

  spotlightId!: string | null;
  parentId!: string | null;
}

export const MeetingConnection = connectionOf(MeetingType, 'Meeting');

export function presentMeeting(meeting: MeetingEntity): MeetingType {
  const { id, title, classId, hostId, policy, isLocked, createdAt, startsAt, endedAt } = meeting;
  const { spotlightId, parentId, assignment, closesAt } = meeting;
  return {
    id,
    title,
    class: classId === null ? null : { id: classId },
    host: { id: hostId },
    policy,
    isLocked,
    createdAt,
    startsAt,
    endedAt,
    assignment,
    closesAt,
    spotlightId,
    parentId,
  };
}
