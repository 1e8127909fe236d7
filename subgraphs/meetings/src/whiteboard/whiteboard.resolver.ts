import { Arg, Args, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { MeetingType } from '../meeting/meeting.type';
import { MeetingInput } from '../participant/participant.inputs';
import { ParticipantType, presentParticipant } from '../participant/participant.type';
import { AddWhiteboardStrokesInput } from './stroke.inputs';
import { StrokeConnection, StrokeType, presentStroke } from './stroke.type';
import type { WhiteboardService } from './whiteboard.service';

/** Drawing on the whiteboard of a meeting. */
@Resolver(() => StrokeType)
export class WhiteboardResolver {
  constructor(private readonly whiteboard: WhiteboardService) {}

  @Directive('@authenticated')
  @Mutation(() => [StrokeType], {
    description:
      'Draws on the whiteboard of a meeting; gives what was drawn, at most 20. For everybody who may write. Errors: ' +
      'NOT_FOUND, FORBIDDEN, CONFLICT when the meeting is over, LIMIT_EXCEEDED after 20,000 strokes, RATE_LIMITED.',
  })
  async addWhiteboardStrokes(
    @Arg('input') { meetingId, strokes }: AddWhiteboardStrokesInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<StrokeType[]> {
    return (await this.whiteboard.draw(viewer, meetingId, strokes)).map(presentStroke);
  }

  @Directive('@authenticated')
  @Mutation(() => StrokeType, {
    nullable: true,
    description: 'Takes back the last stroke of yours that stands; null when there is none.',
  })
  async undoWhiteboardStroke(
    @Arg('input') { meetingId }: MeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<StrokeType | null> {
    const stroke = await this.whiteboard.undo(viewer, meetingId);
    return stroke && presentStroke(stroke);
  }

  @Directive('@authenticated')
  @Mutation(() => Int, {
    description: 'Takes back every stroke; gives how many stood. For moderators who are in the meeting.',
  })
  async clearWhiteboard(
    @Arg('input') { meetingId }: MeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<number> {
    return this.whiteboard.clear(viewer, meetingId);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantType, { nullable: true, description: 'Who drew it.' })
  async author(
    @Root() { participantId }: StrokeType,
    @Ctx() { participantById }: MeetingsContext,
  ): Promise<ParticipantType | null> {
    const found = await participantById.load(participantId);
    return found && presentParticipant(found);
  }
}

/** The whiteboard of a meeting. */
@Resolver(() => MeetingType)
export class MeetingWhiteboardResolver {
  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => StrokeConnection, { description: 'What stands on its whiteboard, in the order of drawing.' })
  async whiteboard(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { strokesIn }: MeetingsContext,
  ): Promise<ConnectionShape<StrokeType>> {
    return toConnection(await strokesIn(args).load(id), presentStroke, args);
  }
}
