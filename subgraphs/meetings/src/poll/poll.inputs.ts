import { ArrayMaxSize, ArrayMinSize } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import { MeetingInput } from '../participant/participant.inputs';
import { Written } from '../text.rules';

@InputType({ description: 'A new poll.' })
export class CreateMeetingPollInput extends MeetingInput {
  @Field({ description: '1 to 500 characters.' })
  @Written(500)
  question!: string;

  @Field(() => [String], { description: 'What can be chosen: at least 2, at most 10, each 1 to 200 characters.' })
  @ArrayMinSize(2)
  @ArrayMaxSize(10)
  @Written(200, { each: true })
  options!: string[];

  @Field({ defaultValue: false, description: 'Whether several options can be chosen.' })
  isMultiple!: boolean;

  @Field({ defaultValue: false, description: 'Whether nobody sees who chose what.' })
  isAnonymous!: boolean;

  @Field({ defaultValue: false, description: 'Whether everybody sees the results while it is open.' })
  showsResults!: boolean;

  @Field({ defaultValue: false, description: 'Whether it is open at once; else it is a draft.' })
  isOpen!: boolean;
}

@InputType({ description: 'A poll.' })
export class MeetingPollInput {
  @IdField('MeetingPoll', { description: 'Which poll.' })
  pollId!: string;
}

@InputType({ description: 'A vote.' })
export class VoteInMeetingPollInput extends MeetingPollInput {
  @Field(() => [Int], { description: 'Numbers of options: one, or several where that is allowed, at most 10.' })
  @ArrayMaxSize(10)
  choices!: number[];
}
