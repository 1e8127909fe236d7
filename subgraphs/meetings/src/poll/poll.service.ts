import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, idCursor, pageOf, pagesOf } from '@terakoya/common/database';
import { BadInputError, ConflictError, LimitExceededError, NotFoundError } from '@terakoya/common/errors';

import type { MeetingEvents } from '../events';
import type { MeetingWork, PresentScope } from '../meeting/meeting-work';
import { onlyVisible } from '../meeting/visible-meetings';
import type { ParticipantEntity } from '../participant/participant.entity';
import { participantRepository } from '../participant/participant.repository';
import type { RateLimit } from '../rate-limit';
import { tellMeeting } from '../telling';
import { type OptionKey, type Tally, ballotRepository } from './ballot.repository';
import { closePoll } from './closing';
import type { PollEntity } from './poll.entity';
import { canSeePoll, leads, wrongChoices } from './poll.policy';
import { pollRepository } from './poll.repository';

export interface NewPoll {
  readonly question: string;
  readonly options: readonly string[];
  readonly isMultiple: boolean;
  readonly isAnonymous: boolean;
  readonly showsResults: boolean;
  readonly isOpen: boolean;
}

const MOST_KEPT = 100;
/** Polls that are told of in one round. */
const ROUND = 100;

/** Polls: moderators ask, those who are present answer. */
export class PollService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly votes: RateLimit,
    private readonly events: MeetingEvents,
  ) {}

  /** Makes a poll, a draft or open at once; LIMIT_EXCEEDED. */
  create(viewer: Viewer | null, meetingId: string, { isOpen, ...asked }: NewPoll): Promise<PollEntity> {
    return this.work.asModerator(viewer, meetingId, async (scope) => {
      if ((await pollRepository.countOf(scope.manager, meetingId)) >= MOST_KEPT) {
        throw new LimitExceededError(`A meeting has at most ${MOST_KEPT} polls.`, { maximum: MOST_KEPT });
      }
      const poll: PollEntity = {
        ...asked,
        question: asked.question.trim(),
        options: asked.options.map((option) => option.trim()),
        id: uuid(),
        meetingId,
        state: 'DRAFT',
        createdAt: new Date(),
        openedAt: null,
        closedAt: null,
        untoldSince: null,
      };
      await pollRepository.insert(scope.manager, poll);
      return isOpen ? this.#open(scope, poll) : poll;
    });
  }

  /** Lets people answer; CONFLICT for a poll that was open before. */
  async open(viewer: Viewer | null, pollId: string): Promise<PollEntity> {
    return this.work.asModerator(viewer, await this.#meetingOf(viewer, pollId), async (scope) => {
      const poll = await get(scope, pollId);
      if (poll.state !== 'DRAFT') throw new ConflictError('The poll was opened before.');
      return this.#open(scope, poll);
    });
  }

  /** Ends the answering; CONFLICT for a draft, closing twice is closing once. */
  async close(viewer: Viewer | null, pollId: string): Promise<PollEntity> {
    return this.work.asModerator(viewer, await this.#meetingOf(viewer, pollId), async (scope) => {
      const poll = await get(scope, pollId);
      if (poll.state === 'DRAFT') throw new ConflictError('The poll is not open.');
      if (poll.state === 'CLOSED') return poll;
      this.events.pollClosed(poll.meetingId, pollId);
      return closePoll(scope.manager, poll);
    });
  }

  /** Votes, or votes otherwise; CONFLICT while it is not open, BAD_USER_INPUT for choices that cannot be. */
  async vote(viewer: Viewer | null, pollId: string, choices: readonly number[]): Promise<PollEntity> {
    this.votes.count(requireViewer(viewer).userId);
    return this.work.asPresent(viewer, await this.#meetingOf(viewer, pollId), async (scope) => {
      const poll = await get(scope, pollId);
      if (poll.state !== 'OPEN') throw new ConflictError('The poll is not open.');
      const rule = wrongChoices(poll, choices);
      if (rule) throw new BadInputError('choices', rule);
      await ballotRepository.cast(scope.manager, pollId, scope.me.id, choices);
      await pollRepository.markUntold(scope.manager, pollId);
      return poll;
    });
  }

  /** Tells of votes since the last time: for each poll once, however many there were. */
  async tellVotes(): Promise<void> {
    await this.database.transaction(async (manager) => {
      for (const { id, meetingId } of await pollRepository.takeUntold(manager, ROUND)) {
        await tellMeeting(manager, meetingId, 'POLL_CHANGED', { pollId: id });
      }
    });
  }

  /** Those of the polls that the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<PollEntity[]> {
    const { manager } = this.database;
    const visible = await onlyVisible(manager, viewer, await pollRepository.findByIds(manager, ids));
    const meetingIds = [...new Set(visible.map(({ meetingId }) => meetingId))];
    const led = new Set(await this.#ledBy(viewer, meetingIds));
    return visible.filter((poll) => canSeePoll(poll, led.has(poll.meetingId)));
  }

  /** Of each meeting its polls, newest first, drafts for those who lead it. */
  async listMany(
    viewer: Viewer | null,
    meetingIds: readonly string[],
    { first, after }: PageRequest,
  ): Promise<Page<PollEntity>[]> {
    const led = await this.#ledBy(viewer, meetingIds);
    const part = { first, after: idCursor(after) };
    const rows = await pollRepository.listMany(this.database.manager, meetingIds, led, part);
    return pagesOf(meetingIds, rows, { first, parentOf: ({ meetingId }) => meetingId, keyOf: (one) => [one.id] });
  }

  tallies(pollIds: readonly string[]): Promise<Tally[]> {
    return ballotRepository.tallies(this.database.manager, pollIds);
  }

  /** What the viewer has chosen in each of the polls in which they have voted. */
  myChoices(viewer: Viewer | null, pollIds: readonly string[]) {
    return ballotRepository.choicesOf(this.database.manager, requireViewer(viewer).userId, pollIds);
  }

  /** Who chose each of the options, by id. */
  async listVoters(options: readonly OptionKey[], { first, after }: PageRequest): Promise<Page<ParticipantEntity>[]> {
    const { manager } = this.database;
    const votes = await ballotRepository.voters(manager, options, { first, after: idCursor(after) });
    const ids = votes.map(({ participantId }) => participantId);
    const byId = new Map((await participantRepository.findByIds(manager, ids)).map((one) => [one.id, one]));
    return options.map(({ pollId, number }) => {
      const here = votes.filter((vote) => vote.pollId === pollId && vote.number === number);
      const voters = here.flatMap(({ participantId }) => byId.get(participantId) ?? []);
      return pageOf(voters, first, ({ id }) => [id]);
    });
  }

  async #open(scope: PresentScope, poll: PollEntity): Promise<PollEntity> {
    const change = { state: 'OPEN' as const, openedAt: new Date() };
    await pollRepository.update(scope.manager, poll.id, change);
    await tellMeeting(scope.manager, poll.meetingId, 'POLL_OPENED', { participantId: scope.me.id, pollId: poll.id });
    this.events.pollOpened(poll.meetingId, poll.id);
    return { ...poll, ...change };
  }

  async #meetingOf(viewer: Viewer | null, pollId: string): Promise<string> {
    const [poll] = await this.findMany(viewer, [pollId]);
    if (!poll) throw new NotFoundError('poll', pollId);
    return poll.meetingId;
  }

  async #ledBy(viewer: Viewer | null, meetingIds: readonly string[]): Promise<string[]> {
    const { userId } = requireViewer(viewer);
    const mine = await participantRepository.ofUserInMany(this.database.manager, userId, meetingIds);
    return mine.filter(leads).map(({ meetingId }) => meetingId);
  }
}

async function get({ manager }: PresentScope, pollId: string): Promise<PollEntity> {
  const poll = await pollRepository.find(manager, pollId);
  if (!poll) throw new NotFoundError('poll', pollId);
  return poll;
}
