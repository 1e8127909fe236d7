import { Length, Min } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';

import { MeetingInput } from '../participant/participant.inputs';
import { Storable } from '../text.rules';

@InputType({ description: 'The notes of a meeting as they are to be.' })
export class UpdateMeetingNotesInput extends MeetingInput {
  @Field({ description: 'The whole text, Markdown, at most 100,000 characters.' })
  @Length(0, 100_000)
  @Storable()
  text!: string;

  @Field(() => Int, { description: 'The `revision` that you have read and changed; 0 before the first.' })
  @Min(0)
  revision!: number;
}
