import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { MeetingConnection, MeetingType, presentMeeting } from '../meeting/meeting.type';
import { MeetingInput } from '../participant/participant.inputs';
import { ParticipantConnection, type ParticipantType, presentParticipant } from '../participant/participant.type';
import { AssignToBreakoutInput, BroadcastInput, OpenBreakoutsInput } from './breakout.inputs';
import type { BreakoutService } from './breakout.service';

const WHO = 'For moderators who are in the meeting.';

/** The breakout rooms of meetings. */
@Resolver(() => MeetingType)
export class BreakoutResolver {
  constructor(private readonly service: BreakoutService) {}

  @Directive('@authenticated')
  @Mutation(() => MeetingType, {
    description:
      `Opens breakout rooms; gives the meeting they belong to. Each is a meeting of its own that those join who are to go ` +
      `there. ${WHO} Errors: CONFLICT while others are open, and in a breakout room; LIMIT_EXCEEDED.`,
  })
  async openBreakouts(
    @Arg('input') { meetingId, rooms, assignment, seconds = null }: OpenBreakoutsInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    const named = rooms.map(({ title, participantIds }) => ({ title, participantIds: participantIds ?? [] }));
    return presentMeeting(await this.service.open(viewer, meetingId, { rooms: named, assignment, seconds }));
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, {
    description: `Sends somebody to a breakout room, out of the one they are in; gives the room. ${WHO}`,
  })
  async assignToBreakout(
    @Arg('input') { breakoutId, participantId }: AssignToBreakoutInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    return presentMeeting(await this.service.assign(viewer, breakoutId, participantId));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, {
    description: `Tells everybody in the meeting and in its open breakout rooms something; it is not kept. Always true. ${WHO}`,
  })
  async broadcastToBreakouts(
    @Arg('input') { meetingId, text }: BroadcastInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.service.broadcast(viewer, meetingId, text);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, {
    description: `Closes all breakout rooms: everybody in them is asked to return. Gives the meeting. ${WHO}`,
  })
  async closeBreakouts(
    @Arg('input') { meetingId }: MeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    return presentMeeting(await this.service.close(viewer, meetingId));
  }

  @Directive('@sameForAll')
  @FieldResolver(() => MeetingType, {
    nullable: true,
    description: 'The meeting whose breakout room it is; null for one of its own.',
  })
  async parent(
    @Root() { parentId }: MeetingType,
    @Ctx() { meetingById }: MeetingsContext,
  ): Promise<MeetingType | null> {
    const found = parentId === null ? null : await meetingById.load(parentId);
    return found && presentMeeting(found);
  }

  @Directive(PAGED)
  @FieldResolver(() => MeetingConnection, {
    description:
      'Its breakout rooms, those that are closed included: all for moderators, for others those they may join. The rooms ' +
      'opened last come first, in the order in which they were named.',
  })
  async breakouts(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { breakoutsIn }: MeetingsContext,
  ): Promise<ConnectionShape<MeetingType>> {
    return toConnection(await breakoutsIn(args).load(id), presentMeeting, args);
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantConnection, {
    description: 'Who is to go there, when it is a breakout room: participants of the meeting it belongs to.',
  })
  async assignedParticipants(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { assignedTo }: MeetingsContext,
  ): Promise<ConnectionShape<ParticipantType>> {
    return toConnection(await assignedTo(args).load(id), presentParticipant, args);
  }
}
