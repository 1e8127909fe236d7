import { Arg, Ctx, Directive, Int, Mutation, Resolver } from 'type-graphql';

import type { MeetingsContext } from '../context';
import { MeetingType, presentMeeting } from '../meeting/meeting.type';
import type { ModerationService } from './moderation.service';
import {
  LowerHandsInput,
  MeetingInput,
  ParticipantInput,
  SetLockedInput,
  SetParticipantInput,
  SetSpotlightInput,
} from './participant.inputs';
import { ParticipantType, presentParticipant } from './participant.type';

const WHO = 'For moderators who are in the meeting.';

/** What moderators do with others and with the meeting. */
@Resolver()
export class ModerationResolver {
  constructor(private readonly moderation: ModerationService) {}

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, { description: `Lets somebody in who waits, or was put out. ${WHO}` })
  async admitParticipant(
    @Arg('input') { meetingId, participantId }: ParticipantInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    return presentParticipant(await this.moderation.admit(viewer, meetingId, participantId));
  }

  @Directive('@authenticated')
  @Mutation(() => Int, { description: `Lets everybody in who waits; gives how many. ${WHO}` })
  async admitAll(@Arg('input') { meetingId }: MeetingInput, @Ctx() { viewer }: MeetingsContext): Promise<number> {
    return this.moderation.admitAll(viewer, meetingId);
  }

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, { description: `Turns somebody away who waits; they may ask again. ${WHO}` })
  async denyParticipant(
    @Arg('input') { meetingId, participantId }: ParticipantInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    return presentParticipant(await this.moderation.deny(viewer, meetingId, participantId));
  }

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, {
    description: `Puts somebody out; they come back only when they are let in again. ${WHO}`,
  })
  async removeParticipant(
    @Arg('input') { meetingId, participantId }: ParticipantInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    return presentParticipant(await this.moderation.remove(viewer, meetingId, participantId));
  }

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, {
    description: `Pauses somebody's microphone; they can open it again while they may speak. ${WHO}`,
  })
  async muteParticipant(
    @Arg('input') { meetingId, participantId }: ParticipantInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    return presentParticipant(await this.moderation.mute(viewer, meetingId, participantId));
  }

  @Directive('@authenticated')
  @Mutation(() => Int, {
    description: `Pauses every open microphone but those of moderators; gives of how many participants. ${WHO}`,
  })
  async muteAll(@Arg('input') { meetingId }: MeetingInput, @Ctx() { viewer }: MeetingsContext): Promise<number> {
    return this.moderation.muteAll(viewer, meetingId);
  }

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, { description: `Asks somebody to open their microphone. ${WHO}` })
  async askToUnmute(
    @Arg('input') { meetingId, participantId }: ParticipantInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    return presentParticipant(await this.moderation.askToUnmute(viewer, meetingId, participantId));
  }

  @Directive('@authenticated')
  @Mutation(() => Int, { description: `Lowers raised hands; gives how many. ${WHO}` })
  async lowerHands(
    @Arg('input') { meetingId, participantId }: LowerHandsInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<number> {
    return this.moderation.lowerHands(viewer, meetingId, participantId ?? null);
  }

  @Directive('@authenticated')
  @Mutation(() => ParticipantType, {
    description: `Sets somebody's role and permissions; what they may no longer send ends at once. ${WHO}`,
  })
  async setParticipant(
    @Arg('input') { meetingId, participantId, role, ...overrides }: SetParticipantInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ParticipantType> {
    const change = { ...(role ? { role } : {}), overrides };
    return presentParticipant(await this.moderation.change(viewer, meetingId, participantId, change));
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, { description: `Locks or opens a meeting for those who were not in it yet. ${WHO}` })
  async setMeetingLocked(
    @Arg('input') { meetingId, isLocked }: SetLockedInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    return presentMeeting(await this.moderation.setLocked(viewer, meetingId, isLocked));
  }

  @Directive('@authenticated')
  @Mutation(() => MeetingType, { description: `Shows one participant large to everybody, or nobody. ${WHO}` })
  async setSpotlight(
    @Arg('input') { meetingId, participantId }: SetSpotlightInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MeetingType> {
    return presentMeeting(await this.moderation.setSpotlight(viewer, meetingId, participantId ?? null));
  }
}
