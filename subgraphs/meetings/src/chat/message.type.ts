import { Directive, Field, ObjectType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import type { MessageEntity } from './message.entity';

@ObjectType('MeetingMessage', {
  implements: NodeType,
  description: 'What somebody wrote to everybody in a meeting; kept after its end.',
})
@Directive('@key(fields: "id")')
export class MessageType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => String, { nullable: true, description: 'What they wrote; null when it was removed.' })
  text!: string | null;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was sent.' })
  sentAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, {
    nullable: true,
    description: 'When its author or a moderator removed it; null while it stands.',
  })
  removedAt!: Date | null;

  participantId!: string;
}

export const MessageConnection = connectionOf(MessageType, 'MeetingMessage');

export function presentMessage({ id, text, sentAt, removedAt, participantId }: MessageEntity): MessageType {
  return { id, text, sentAt, removedAt, participantId };
}
