import { Arg, Args, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { MeetingType } from '../meeting/meeting.type';
import { ParticipantConnection, type ParticipantType, presentParticipant } from '../participant/participant.type';
import { CreateMeetingPollInput, MeetingPollInput, VoteInMeetingPollInput } from './poll.inputs';
import { leads, showsResultsNow } from './poll.policy';
import type { PollService } from './poll.service';
import { PollConnection, PollOptionResultType, PollResultsType, PollType, presentPoll } from './poll.type';

const WHO = 'For moderators who are in the meeting.';

/** Polls and what came of them. */
@Resolver(() => PollType)
export class PollResolver {
  constructor(private readonly polls: PollService) {}

  @Directive('@authenticated')
  @Mutation(() => PollType, { description: `Makes a poll. ${WHO} Errors: LIMIT_EXCEEDED.` })
  async createMeetingPoll(
    @Arg('input') { meetingId, ...poll }: CreateMeetingPollInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<PollType> {
    return presentPoll(await this.polls.create(viewer, meetingId, poll));
  }

  @Directive('@authenticated')
  @Mutation(() => PollType, { description: `Lets people answer a draft; CONFLICT when it was opened before. ${WHO}` })
  async openMeetingPoll(
    @Arg('input') { pollId }: MeetingPollInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<PollType> {
    return presentPoll(await this.polls.open(viewer, pollId));
  }

  @Directive('@authenticated')
  @Mutation(() => PollType, { description: `Ends the answering, for good; CONFLICT for a draft. ${WHO}` })
  async closeMeetingPoll(
    @Arg('input') { pollId }: MeetingPollInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<PollType> {
    return presentPoll(await this.polls.close(viewer, pollId));
  }

  @Directive('@authenticated')
  @Mutation(() => PollType, {
    description:
      'Votes in an open poll, or votes otherwise than before; for everybody in the meeting. Errors: NOT_FOUND, CONFLICT ' +
      'when it is not open, BAD_USER_INPUT, RATE_LIMITED.',
  })
  async voteInMeetingPoll(
    @Arg('input') { pollId, choices }: VoteInMeetingPollInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<PollType> {
    return presentPoll(await this.polls.vote(viewer, pollId, choices));
  }

  @Directive('@sameForAll')
  @FieldResolver(() => PollResultsType, {
    nullable: true,
    description: 'The results once everybody may see them: when it is closed, or while it is open if it shows them.',
  })
  async results(@Root() poll: PollType, @Ctx() context: MeetingsContext): Promise<PollResultsType | null> {
    return showsResultsNow(poll.row) ? resultsOf(poll, context) : null;
  }

  @FieldResolver(() => PollResultsType, {
    nullable: true,
    description: 'The results at any time, for moderators of the meeting; null for others.',
  })
  async moderatorResults(@Root() poll: PollType, @Ctx() context: MeetingsContext): Promise<PollResultsType | null> {
    return leads(await context.mineIn.load(poll.row.meetingId)) ? resultsOf(poll, context) : null;
  }

  @FieldResolver(() => [Int], {
    nullable: true,
    description: 'What you chose, at most 10; null when you have not voted, and after the end of an anonymous poll.',
  })
  async myChoices(@Root() { id }: PollType, @Ctx() { myChoicesIn }: MeetingsContext): Promise<number[] | null> {
    return (await myChoicesIn.load(id))?.choices ?? null;
  }
}

async function resultsOf({ row }: PollType, { tallyOf }: MeetingsContext): Promise<PollResultsType> {
  const tally = await tallyOf.load(row.id);
  const options = row.options.map((_text, number) => {
    return { number, votes: tally?.votes[number] ?? 0, pollId: row.id, isAnonymous: row.isAnonymous };
  });
  return { ballots: tally?.ballots ?? 0, options };
}

/** Who chose an answer. */
@Resolver(() => PollOptionResultType)
export class PollVotersResolver {
  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantConnection, {
    nullable: true,
    description: 'Who chose it; null in an anonymous poll.',
  })
  async voters(
    @Root() { pollId, number, isAnonymous }: PollOptionResultType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { votersOf }: MeetingsContext,
  ): Promise<ConnectionShape<ParticipantType> | null> {
    if (isAnonymous) return null;
    return toConnection(await votersOf(args).load(`${pollId} ${number}`), presentParticipant, args);
  }
}

/** The polls of a meeting. */
@Resolver(() => MeetingType)
export class MeetingPollsResolver {
  @Directive(PAGED)
  @FieldResolver(() => PollConnection, { description: 'Its polls, newest first; drafts for moderators only.' })
  async polls(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { pollsIn }: MeetingsContext,
  ): Promise<ConnectionShape<PollType>> {
    return toConnection(await pollsIn(args).load(id), presentPoll, args);
  }
}
