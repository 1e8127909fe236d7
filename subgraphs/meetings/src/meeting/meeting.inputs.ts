import { IsOptional, ValidateNested } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import { Written } from '../text.rules';

@InputType({ description: 'What is allowed in a meeting; what is left out stays as it is, or as it is at first.' })
export class MeetingPolicyInput {
  @Field({ nullable: true, description: 'Whether newcomers wait to be let in; at first only in meetings of no class.' })
  hasWaitingRoom?: boolean;

  @Field({ nullable: true, description: 'Whether attendees may send a voice; at first they may.' })
  attendeesMaySpeak?: boolean;

  @Field({ nullable: true, description: 'Whether attendees may send a camera; at first they may.' })
  attendeesMayShowCamera?: boolean;

  @Field({ nullable: true, description: 'Whether attendees may share a screen; at first they may not.' })
  attendeesMayShareScreen?: boolean;

  @Field({
    nullable: true,
    description: 'Whether attendees and observers may write, in chat, whiteboard and notes; at first they may.',
  })
  attendeesMayChat?: boolean;
}

@InputType({ description: 'A new meeting.' })
export class CreateMeetingInput {
  @Field({ description: '1 to 200 characters.' })
  @Written(200)
  title!: string;

  @IdField('Class', { nullable: true, description: 'The class whose lesson it is; without one it is open by its id.' })
  classId?: string | null;

  @Field(() => Date, { nullable: true, description: 'When it is to begin.' })
  startsAt?: Date | null;

  @Field(() => MeetingPolicyInput, { nullable: true, description: 'What is allowed in it.' })
  @IsOptional()
  @ValidateNested()
  policy?: MeetingPolicyInput | null;
}

@InputType({ description: 'A change of a meeting; what is left out stays.' })
export class UpdateMeetingInput {
  @IdField('Meeting', { description: 'Which meeting.' })
  meetingId!: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  @IsOptional()
  @Written(200)
  title?: string | null;

  @Field(() => Date, { nullable: true, description: 'When it is to begin; null takes it off the timetable.' })
  startsAt?: Date | null;

  @Field(() => MeetingPolicyInput, { nullable: true, description: 'What is allowed in it.' })
  @IsOptional()
  @ValidateNested()
  policy?: MeetingPolicyInput | null;
}
