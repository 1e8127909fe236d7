import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { MeetingType } from '../meeting/meeting.type';
import { ParticipantType, presentParticipant } from '../participant/participant.type';
import { RemoveMeetingMessageInput, SendMeetingMessageInput } from './message.inputs';
import type { MessageService } from './message.service';
import { MessageConnection, MessageType, presentMessage } from './message.type';

/** Writing in meetings. */
@Resolver(() => MessageType)
export class MessageResolver {
  constructor(private readonly messages: MessageService) {}

  @Directive('@authenticated')
  @Mutation(() => MessageType, {
    description:
      'Writes to everybody in a meeting. Errors: NOT_FOUND when you are not in it, FORBIDDEN when you may not write, ' +
      'CONFLICT when it is over, RATE_LIMITED.',
  })
  async sendMeetingMessage(
    @Arg('input') { meetingId, text }: SendMeetingMessageInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MessageType> {
    return presentMessage(await this.messages.send(viewer, meetingId, text));
  }

  @Directive('@authenticated')
  @Mutation(() => MessageType, {
    description:
      'Removes a message, also after the meeting: its text is gone, its place is kept. For its author and moderators.',
  })
  async removeMeetingMessage(
    @Arg('input') { messageId }: RemoveMeetingMessageInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MessageType> {
    return presentMessage(await this.messages.remove(viewer, messageId));
  }

  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantType, { nullable: true, description: 'Who wrote it.' })
  async author(
    @Root() { participantId }: MessageType,
    @Ctx() { participantById }: MeetingsContext,
  ): Promise<ParticipantType | null> {
    const found = await participantById.load(participantId);
    return found && presentParticipant(found);
  }
}

/** What was written in a meeting. */
@Resolver(() => MeetingType)
export class MeetingMessagesResolver {
  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => MessageConnection, { description: 'What was written to everybody, newest first.' })
  async messages(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { messagesIn }: MeetingsContext,
  ): Promise<ConnectionShape<MessageType>> {
    return toConnection(await messagesIn(args).load(id), presentMessage, args);
  }
}
