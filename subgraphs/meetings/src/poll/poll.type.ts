import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import type { PollEntity, PollState } from './poll.entity';

const PollStateEnum = { DRAFT: 'DRAFT', OPEN: 'OPEN', CLOSED: 'CLOSED' } as const;
registerEnumType(PollStateEnum, {
  name: 'MeetingPollState',
  description: 'Whether a poll can be answered.',
  valuesConfig: {
    DRAFT: { description: 'Not yet; only moderators see it.' },
    OPEN: { description: 'Now.' },
    CLOSED: { description: 'No longer.' },
  },
});

@ObjectType('MeetingPollOption', { description: 'An answer that can be chosen.' })
export class PollOptionType {
  @Directive('@sameForAll')
  @Field(() => Int, { description: 'What a vote names it by, from 0.' })
  number!: number;

  @Directive('@sameForAll')
  @Field({ description: '1 to 200 characters.' })
  text!: string;
}

@ObjectType('MeetingPollOptionResult', { description: 'How often an answer was chosen.' })
export class PollOptionResultType {
  @Directive('@sameForAll')
  @Field(() => Int, { description: 'The number of the option.' })
  number!: number;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'How many chose it.' })
  votes!: number;

  pollId!: string;
  isAnonymous!: boolean;
}

@ObjectType('MeetingPollResults', { description: 'What was chosen in a poll.' })
export class PollResultsType {
  @Directive('@sameForAll')
  @Field(() => Int, { description: 'How many have voted.' })
  ballots!: number;

  @Directive('@sameForAll')
  @Field(() => [PollOptionResultType], { description: 'Each option in order, at most 10.' })
  options!: PollOptionResultType[];
}

@ObjectType('MeetingPoll', {
  implements: NodeType,
  description: 'A question to those who are in a meeting; kept after its end.',
})
@Directive('@key(fields: "id")')
export class PollType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: '1 to 500 characters.' })
  question!: string;

  @Directive('@sameForAll')
  @Field(() => [PollOptionType], { description: 'What can be chosen: at least 2, at most 10.' })
  options!: PollOptionType[];

  @Directive('@sameForAll')
  @Field({ description: 'Whether several options can be chosen.' })
  isMultiple!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether nobody sees who chose what. When such a poll closes, it is forgotten.' })
  isAnonymous!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether everybody sees the results while it is open.' })
  showsResults!: boolean;

  @Directive('@sameForAll')
  @Field(() => PollStateEnum, { description: 'Whether it can be answered.' })
  state!: PollState;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it was opened; null for a draft.' })
  openedAt!: Date | null;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it was closed, at the latest with the meeting.' })
  closedAt!: Date | null;

  row!: PollEntity;
}

export const PollConnection = connectionOf(PollType, 'MeetingPoll');

export function presentPoll(row: PollEntity): PollType {
  const { id, question, isMultiple, isAnonymous, showsResults, state, createdAt, openedAt, closedAt } = row;
  const options = row.options.map((text, number) => ({ number, text }));
  return { id, question, options, isMultiple, isAnonymous, showsResults, state, createdAt, openedAt, closedAt, row };
}
