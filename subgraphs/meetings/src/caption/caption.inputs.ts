import { MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { MeetingInput } from '../participant/participant.inputs';
import { Written } from '../text.rules';

@InputType({ description: 'What you say, as text.' })
export class SendCaptionInput extends MeetingInput {
  @Field({ description: '1 to 500 characters.' })
  @Written(500)
  text!: string;

  @Field({ description: 'In which language: a BCP 47 tag, such as ja or en-GB; at most 35 characters.' })
  @MaxLength(35)
  language!: string;

  @Field({ description: 'Whether the text stays as it is: it is kept. Else your next one comes in its place.' })
  isFinal!: boolean;
}
