import { Length } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import type { MeetingRole } from './participant.entity';
import { MeetingRoleEnum } from './participant.type';

@InputType({ description: 'A meeting.' })
export class MeetingInput {
  @IdField('Meeting', { description: 'Which meeting.' })
  meetingId!: string;
}

@InputType({ description: 'A participant of a meeting.' })
export class ParticipantInput extends MeetingInput {
  @IdField('MeetingParticipant', { description: 'Whom.' })
  participantId!: string;
}

@InputType({ description: 'Your own hand.' })
export class SetHandInput extends MeetingInput {
  @Field({ description: 'Whether it is up.' })
  isRaised!: boolean;
}

@InputType({ description: 'A sign for everybody.' })
export class ReactInput extends MeetingInput {
  @Field({ description: 'One emoji (Unicode RGI_Emoji), such as 👏.' })
  @Length(1, 64)
  emoji!: string;
}

@InputType({ description: 'The hands to lower.' })
export class LowerHandsInput extends MeetingInput {
  @IdField('MeetingParticipant', { nullable: true, description: 'Whose; without it everybody lowers theirs.' })
  participantId?: string | null;
}

@InputType({ description: 'Whether a meeting is locked.' })
export class SetLockedInput extends MeetingInput {
  @Field({ description: 'Whether nobody new comes in.' })
  isLocked!: boolean;
}

@InputType({ description: 'Who is shown large.' })
export class SetSpotlightInput extends MeetingInput {
  @IdField('MeetingParticipant', { nullable: true, description: 'Who; nobody without it.' })
  participantId?: string | null;
}

@InputType({
  description: 'What a participant may do. A permission that is null follows the policy again; one left out stays.',
})
export class SetParticipantInput extends ParticipantInput {
  @Field(() => MeetingRoleEnum, { nullable: true, description: 'Another role.' })
  role?: MeetingRole | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may send a voice.' })
  maySpeak?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may send a camera.' })
  mayShowCamera?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may share a screen.' })
  mayShareScreen?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may write.' })
  mayChat?: boolean | null;
}
