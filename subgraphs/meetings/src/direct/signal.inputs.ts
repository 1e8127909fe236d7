import { Length } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { LIMITS } from '@terakoya/common/contracts';

import { ParticipantInput } from '../participant/participant.inputs';

@InputType({ description: 'A message of a direct call, such as a session description.' })
export class SendSignalInput extends ParticipantInput {
  @Field({ description: `What the other's client is to read; nobody else does. At most ${LIMITS.signal} characters.` })
  @Length(1, LIMITS.signal)
  signal!: string;
}
