import { Arg, Args, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';

import { ForbiddenError, NotFoundError } from '@terakoya/common/errors';
import { ConnectionArgs, type ConnectionShape, IdArg, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import type { ParticipantService } from '../participant/participant.service';
import { ParticipantConnection, ParticipantType, presentParticipant } from '../participant/participant.type';
import { CreateMeetingInput, type MeetingPolicyInput, UpdateMeetingInput } from './meeting.inputs';
import type { MeetingPolicy } from './meeting.entity';
import type { MeetingService } from './meeting.service';
import { MeetingConnection, MeetingType, presentMeeting } from './meeting.type';

@Resolver(() => MeetingType)
export class MeetingResolver {
  constructor(
    private readonly meetings: MeetingService,
    private readonly hands: Pick<ParticipantService, 'listHands'>,
  ) {}

  @Directive('@authenticated')
  @Query(() => MeetingType, {
    nullable: true,
    description: 'A meeting by id: a lesson of a class you are in, one you host or were let into; else NOT_FOUND.',
  })
  async meeting(@IdArg('id', 'Meeting') id: string, @Ctx() { meetingById }: MeetingsContext): Promise<MeetingType> {
    const found = await meetingById.load(id);
    if (!found) throw new NotFoundError('meeting', id);
    return presentMeeting(found);
  }

  @Directive('@authenticated')
  @Directive(PAGED)
  @Query(() => MeetingConnection, { description: 'The meetings you host or were let into, newest first.' })
  async myMeetings(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ConnectionShape<MeetingType>> {
    return toConnection(await this.meetings.listMine(viewer, args), presentMeeting, args);
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, {
    description: 'Makes a meeting: a lesson for teachers of its class, another one for teachers and admins.',
  })
  async createMeeting(
    @Arg('input') { policy, ...input }: CreateMeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    return presentMeeting(await this.meetings.create(viewer, { ...input, policy: chosen(policy) }));
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, {
    description: 'Changes a meeting that you moderate and are in; what may no longer be sent ends at once.',
  })
  async updateMeeting(
    @Arg('input') { meetingId, title, startsAt, policy }: UpdateMeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    const change = { ...(title ? { title } : {}), startsAt, policy: chosen(policy) };
    return presentMeeting(await this.meetings.update(viewer, meetingId, change));
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, { description: 'Ends a meeting for everybody, for good; for moderators who are in it.' })
  async endMeeting(
    @IdArg('meetingId', 'Meeting') meetingId: string,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    return presentMeeting(await this.meetings.end(viewer, meetingId));
  }

  @Directive('@sameForAll')
  @FieldResolver(() => Int, { description: 'How many are in it now.' })
  async participantCount(@Root() { id }: MeetingType, @Ctx() { presentIn }: MeetingsContext): Promise<number> {
    return (await presentIn.load(id))?.count ?? 0;
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantConnection, { description: 'Who is in it now.' })
  async participants(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { participantsIn }: MeetingsContext,
  ): Promise<ConnectionShape<ParticipantType>> {
    return toConnection(await participantsIn('PRESENT')(args).load(id), presentParticipant, args);
  }

  @Directive(PAGED)
  @FieldResolver(() => ParticipantConnection, {
    description: 'Who waits to be let in; for moderators who are in it: FORBIDDEN.',
  })
  async waitingParticipants(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { participantsIn, mineIn }: MeetingsContext,
  ): Promise<ConnectionShape<ParticipantType>> {
    const me = await mineIn.load(id);
    if (me?.role !== 'MODERATOR' || me.state !== 'PRESENT') {
      throw new ForbiddenError('Only moderators who are in the meeting see who waits.');
    }
    return toConnection(await participantsIn('WAITING')(args).load(id), presentParticipant, args);
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantConnection, { description: 'Whose hand is up, first raised first.' })
  async raisedHands(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<ConnectionShape<ParticipantType>> {
    return toConnection(await this.hands.listHands(id, args), presentParticipant, args);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantType, {
    nullable: true,
    description: 'Who is shown large to everybody; null for nobody.',
  })
  async spotlight(
    @Root() { spotlightId }: MeetingType,
    @Ctx() { participantById }: MeetingsContext,
  ): Promise<ParticipantType | null> {
    const found = spotlightId === null ? null : await participantById.load(spotlightId);
    return found && presentParticipant(found);
  }

  @FieldResolver(() => ParticipantType, { nullable: true, description: 'Who you are in it; null before you joined.' })
  async me(@Root() { id }: MeetingType, @Ctx() { mineIn }: MeetingsContext): Promise<ParticipantType | null> {
    const found = await mineIn.load(id);
    return found && presentParticipant(found);
  }
}

/** What was said of a policy, without what was left out. */
function chosen(policy: MeetingPolicyInput | null | undefined): Partial<MeetingPolicy> {
  return Object.fromEntries(Object.entries(policy ?? {}).filter(([, value]) => value !== null && value !== undefined));
}
