import type { ParticipantEntity } from '../participant/participant.entity';
import type { PollEntity } from './poll.entity';

/** Whether somebody prepares and closes the polls of a meeting, also when they are not in it at the moment. */
export function leads(me: Pick<ParticipantEntity, 'role' | 'admittedAt'> | null | undefined): boolean {
  return me?.role === 'MODERATOR' && me.admittedAt !== null;
}

/** A draft is seen by those who lead the meeting. */
export function canSeePoll({ state }: Pick<PollEntity, 'state'>, isLeading: boolean): boolean {
  return state !== 'DRAFT' || isLeading;
}

/** Whether everybody sees how many have chosen what. */
export function showsResultsNow({ state, showsResults }: Pick<PollEntity, 'state' | 'showsResults'>): boolean {
  return state === 'CLOSED' || (state === 'OPEN' && showsResults);
}

/** The rule that choices break; null when they can be a vote. */
export function wrongChoices(
  { options, isMultiple }: Pick<PollEntity, 'options' | 'isMultiple'>,
  choices: readonly number[],
): string | null {
  if (choices.length === 0) return 'must name at least one option';
  if (!isMultiple && choices.length > 1) return 'must name one option';
  if (new Set(choices).size < choices.length) return 'must name each option once';
  return choices.every((choice) => Number.isInteger(choice) && options[choice] !== undefined)
    ? null
    : 'must be numbers of options';
}
