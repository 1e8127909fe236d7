import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { MeetingType } from '../meeting/meeting.type';
import { ParticipantType, presentParticipant } from '../participant/participant.type';
import { SendCaptionInput } from './caption.inputs';
import type { CaptionService } from './caption.service';
import { CaptionConnection, CaptionType, presentCaption } from './caption.type';

/** Captions of what is said. */
@Resolver(() => CaptionType)
export class CaptionResolver {
  constructor(private readonly captions: CaptionService) {}

  @Directive('@authenticated')
  @Mutation(() => CaptionType, {
    nullable: true,
    description:
      'Shows everybody what you say, as whatever makes text of your speech understands it; gives the caption that is kept, ' +
      'null for one that is not final. Errors: NOT_FOUND, FORBIDDEN when you may not speak, CONFLICT, RATE_LIMITED.',
  })
  async sendCaption(
    @Arg('input') { meetingId, ...spoken }: SendCaptionInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<CaptionType | null> {
    const caption = await this.captions.send(viewer, meetingId, spoken);
    return caption && presentCaption(caption);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantType, { nullable: true, description: 'Who said it.' })
  async speaker(
    @Root() { participantId }: CaptionType,
    @Ctx() { participantById }: MeetingsContext,
  ): Promise<ParticipantType | null> {
    const found = await participantById.load(participantId);
    return found && presentParticipant(found);
  }
}

/** What was said in a meeting. */
@Resolver(() => MeetingType)
export class MeetingCaptionsResolver {
  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => CaptionConnection, { description: 'What was said in it, in the order of speaking.' })
  async captions(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { captionsIn }: MeetingsContext,
  ): Promise<ConnectionShape<CaptionType>> {
    return toConnection(await captionsIn(args).load(id), presentCaption, args);
  }
}
