import { Field, InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import { MeetingInput } from '../participant/participant.inputs';
import { Written } from '../text.rules';

@InputType({ description: 'A message to everybody in a meeting.' })
export class SendMeetingMessageInput extends MeetingInput {
  @Field({ description: '1 to 2,000 characters.' })
  @Written(2_000)
  text!: string;
}

@InputType({ description: 'A message.' })
export class RemoveMeetingMessageInput {
  @IdField('MeetingMessage', { description: 'Which message.' })
  messageId!: string;
}
