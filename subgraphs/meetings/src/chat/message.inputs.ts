import { Length, Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import { MeetingInput } from '../participant/participant.inputs';

@InputType({ description: 'A message to everybody in a meeting.' })
export class SendMeetingMessageInput extends MeetingInput {
  @Field({ description: '1 to 2,000 characters.' })
  @Length(1, 2_000)
  @Matches(/\S/, { message: 'text must not be blank' })
  text!: string;
}

@InputType({ description: 'A message.' })
export class RemoveMeetingMessageInput {
  @IdField('MeetingMessage', { description: 'Which message.' })
  messageId!: string;
}
