import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';

import { requireViewer } from '@terakoya/common/auth';

import type { MeetingsContext } from '../context';
import { MediaQualityType, presentQuality } from '../media/quality.type';
import { presentIceServer, presentSession } from '../media/session.type';
import { MediaTrackType, presentTrack } from '../media/track.type';
import type { IceServer } from '../media/turn';
import { MeetingType, presentMeeting } from '../meeting/meeting.type';
import type { JoiningService } from './joining.service';
import { MeetingJoinType } from './join.type';
import { MeetingInput, ReactInput, SetHandInput } from './participant.inputs';
import type { ParticipantService } from './participant.service';
import { ParticipantType, PermissionsType, presentParticipant } from './participant.type';
import { permissionsOf } from './permissions.policy';

/** Coming, going, and what participants do for themselves. */
@Resolver(() => ParticipantType)
export class ParticipantResolver {
  constructor(
    private readonly joining: JoiningService,
    private readonly participants: ParticipantService,
    private readonly iceServersOf: (userId: string) => readonly IceServer[],
  ) {}

  @Directive('@authenticated')
  @Mutation(() => MeetingJoinType, {
    description:
      'Joins a meeting, or waits to be let in. Joining again is coming back: you stay who you are, and get a new media ' +
      'session in place of the last one. Errors: NOT_FOUND, CONFLICT when it is over, FORBIDDEN when it is locked or you ' +
      'were put out, LIMIT_EXCEEDED when it is full, RATE_LIMITED, UNAVAILABLE.',
  })
  async joinMeeting(
    @Arg('input') { meetingId }: MeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingJoinType> {
    const { userId } = requireViewer(viewer);
    const { meeting, participant, session, mode, places } = await this.joining.join(viewer, meetingId);
    const isIn = participant.state === 'PRESENT';
    return {
      participant: presentParticipant(participant),
      meeting: isIn ? presentMeeting(meeting) : null,
      session: session && presentSession(session),
      mode,
      iceServers: isIn ? this.iceServersOf(userId).map(presentIceServer) : [],
      changesAfter: places.ofMeeting,
      ownChangesAfter: places.ofParticipant,
    };
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: 'Leaves a meeting, or stops waiting for it. Always true.' })
  async leaveMeeting(
    @Arg('input') { meetingId }: MeetingInput,
    @Arg('ticket', () => String, {
      nullable: true,
      description: 'Of the session to leave: you stay when you have joined again since, such as in another window.',
    })
    ticket: string | null | undefined,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.participants.leave(viewer, meetingId, ticket ?? null);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, { description: 'Raises or lowers your hand.' })
  async setHand(
    @Arg('input') { meetingId, isRaised }: SetHandInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    return presentParticipant(await this.participants.setHand(viewer, meetingId, isRaised));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: 'Shows everybody an emoji; it is not kept. Always true.' })
  async react(@Arg('input') { meetingId, emoji }: ReactInput, @Ctx() { viewer }: MeetingsContext): Promise<boolean> {
    await this.participants.react(viewer, meetingId, emoji);
    return true;
  }

  @FieldResolver(() => MeetingType, { nullable: true, description: 'The meeting; null while you may not see it.' })
  async meeting(
    @Root() { meetingId }: ParticipantType,
    @Ctx() { meetingById }: MeetingsContext,
  ): Promise<MeetingType | null> {
    const found = await meetingById.load(meetingId);
    return found && presentMeeting(found);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => PermissionsType, {
    nullable: true,
    description: 'What they may do now; null for you while you may not see the meeting.',
  })
  async permissions(
    @Root() { meetingId, row }: ParticipantType,
    @Ctx() { meetingById }: MeetingsContext,
  ): Promise<PermissionsType | null> {
    const meeting = await meetingById.load(meetingId);
    return meeting && permissionsOf(row, meeting.policy);
  }

  @FieldResolver(() => MediaQualityType, {
    nullable: true,
    description: 'How their media gets through now; for themselves and moderators who are in the meeting, else null.',
  })
  async quality(
    @Root() { id, meetingId, row }: ParticipantType,
    @Ctx() { viewer, mineIn, qualityOf }: MeetingsContext,
  ): Promise<MediaQualityType | null> {
    const me = await mineIn.load(meetingId);
    const mayKnow = row.userId === viewer?.userId || (me?.role === 'MODERATOR' && me.state === 'PRESENT');
    const measured = mayKnow ? await qualityOf(row).load(id) : null;
    return measured && presentQuality(measured);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => [MediaTrackType], { description: 'What they send now, oldest first; at most 8.' })
  async tracks(@Root() { id }: ParticipantType, @Ctx() { tracksOf }: MeetingsContext): Promise<MediaTrackType[]> {
    return (await tracksOf.load(id)).map(presentTrack);
  }
}
