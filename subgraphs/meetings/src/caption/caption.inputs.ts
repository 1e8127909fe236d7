import { Length, Matches, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { MeetingInput } from '../participant/participant.inputs';

@InputType({ description: 'What you say, as text.' })
export class SendCaptionInput extends MeetingInput {
  @Field({ description: '1 to 500 characters.' })
  @Length(1, 500)
  @Matches(/\S/, { message: 'text must not be blank' })
  text!: string;

  @Field({ description: 'In which language: a BCP 47 tag, such as ja or en-GB; at most 35 characters.' })
  @MaxLength(35)
  language!: string;

  @Field({ description: 'Whether the text stays as it is: it is kept. Else your next one comes in its place.' })
  isFinal!: boolean;
}
