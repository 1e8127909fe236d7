import { Directive, Field, Float, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType } from '@terakoya/common/graphql';

import type { SummaryEntity, SummaryState } from './summary.entity';

const SummaryStateEnum = { WAITING: 'WAITING', RUNNING: 'RUNNING', READY: 'READY', FAILED: 'FAILED' } as const;

registerEnumType(SummaryStateEnum, {
  name: 'SummaryState',
  description: 'How far the summary of what the notebook says now is.',
  valuesConfig: {
    WAITING: { description: 'There is new text; the summary is made when the import of it has ended.' },
    RUNNING: { description: 'It is being made.' },
    READY: { description: 'It is made.' },
    FAILED: { description: 'It could not be made; `error` says why.' },
  },
});

@ObjectType('Keyword', { description: 'A term that tells what a notebook is about.' })
class KeywordType {
  @Field({ description: 'The term as it is written in the notebook.' })
  term!: string;

  @Field(() => Float, { description: 'How much it tells, 0 to 1.' })
  weight!: number;
}

@ObjectType('SummaryError', { description: 'Why a summary could not be made.' })
class SummaryErrorType {
  @Field({ description: 'One of the codes of `extensions.code`, such as TIMED_OUT.' })
  code!: string;

  @Field({ description: 'A sentence for people.' })
  message!: string;
}

@ObjectType('NotebookSummary', {
  description:
    "A notebook's summary at three lengths and its key words, from the first 200000 characters of its text. The last " +
    'one that was made is shown until a newer is ready.',
})
export class NotebookSummaryType {
  @Field(() => SummaryStateEnum, { description: 'How far it is.' })
  state!: SummaryState;

  @Field(() => String, { nullable: true, description: 'At most 50 characters; null until one was made.' })
  short!: string | null;

  @Field(() => String, { nullable: true, description: 'At most 200 characters; null until one was made.' })
  medium!: string | null;

  @Field(() => String, { nullable: true, description: 'At most 500 characters; null until one was made.' })
  long!: string | null;

  @Directive('@listSize(assumedSize: 12)')
  @Field(() => [KeywordType], { description: 'Key words, heaviest first; at most 12.' })
  keywords!: readonly KeywordType[];

  @Field(() => String, { nullable: true, description: 'Language of the summary, ja or en; null until one was made.' })
  language!: string | null;

  @Field(() => String, { nullable: true, description: 'What made it; null until one was made.' })
  engine!: string | null;

  @Field(() => Date, { description: 'When its state last changed.' })
  updatedAt!: Date;

  @Field(() => SummaryErrorType, { nullable: true, description: 'Why it failed; null unless `state` is FAILED.' })
  error!: SummaryErrorType | null;
}

@ObjectType('Notebook', { implements: NodeType, description: 'A notebook, as the assistant knows it.' })
@Directive('@key(fields: "id")')
export class NotebookType extends NodeType {}

export function presentSummary(summary: SummaryEntity): NotebookSummaryType {
  const { state, short, medium, long, keywords, language, engine, updatedAt, error } = summary;
  return { state, short, medium, long, keywords, language, engine, updatedAt, error };
}
