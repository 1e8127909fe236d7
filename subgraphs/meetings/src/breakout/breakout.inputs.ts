import { ArrayMaxSize, ArrayMinSize, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import type { BreakoutAssignment } from '../meeting/meeting.entity';
import { BreakoutAssignmentEnum } from '../meeting/meeting.type';
import { MeetingInput } from '../participant/participant.inputs';
import { Written } from '../text.rules';

@InputType({ description: 'A breakout room.' })
export class BreakoutRoomInput {
  @Field({ description: '1 to 200 characters.' })
  @Written(200)
  title!: string;

  @IdField('MeetingParticipant', {
    isList: true,
    nullable: true,
    description: 'Who is to go there, participants of the meeting, at most 500; only with MANUAL.',
  })
  @IsOptional()
  @ArrayMaxSize(500)
  participantIds?: string[] | null;
}

@InputType({ description: 'Breakout rooms to open.' })
export class OpenBreakoutsInput extends MeetingInput {
  @Field(() => [BreakoutRoomInput], { description: 'The rooms: at least 1, at most 50.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  rooms!: BreakoutRoomInput[];

  @Field(() => BreakoutAssignmentEnum, { description: 'How people come into them.' })
  assignment!: BreakoutAssignment;

  @Field(() => Int, {
    nullable: true,
    description: 'After how many seconds they close by themselves, 10 to 86,400; without it they stay open.',
  })
  @IsOptional()
  @Min(10)
  @Max(86_400)
  seconds?: number | null;
}

@InputType({ description: 'Where somebody is to go.' })
export class AssignToBreakoutInput {
  @IdField('Meeting', { description: 'An open breakout room.' })
  breakoutId!: string;

  @IdField('MeetingParticipant', { description: 'Whom: a participant of the meeting it belongs to.' })
  participantId!: string;
}

@InputType({ description: 'A text for everybody.' })
export class BroadcastInput extends MeetingInput {
  @Field({ description: '1 to 1,000 characters.' })
  @Written(1_000)
  text!: string;
}
