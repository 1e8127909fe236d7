import { Directive, Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';

import type { SummaryEntity, SummaryState } from './summary.entity';

export const SummaryStateEnum = { WAITING: 'WAITING', RUNNING: 'RUNNING', READY: 'READY', FAILED: 'FAILED' } as const;

registerEnumType(SummaryStateEnum, {
  name: 'SummaryState',
  description: 'How far a summary is.',
  valuesConfig: {
    WAITING: { description: 'For an import to complete.' },
    RUNNING: { description: 'It is being made; an earlier one is still there.' },
    READY: { description: 'It is there.' },
    FAILED: { description: '`error` says why.' },
  },
});

@ObjectType('Keyword', { description: 'A term the notebook is about.' })
export class KeywordType {
  @Field({ description: 'The term.' })
  term!: string;

  @Field(() => Float, { description: '0 to 1, relative to the heaviest.' })
  weight!: number;
}

@ObjectType('SummaryError', { description: 'Why no summary could be made.' })
export class SummaryErrorType {
  @Field({ description: 'One of the documented error codes.' })
  code!: string;

  @Field({ description: 'In a sentence.' })
  message!: string;
}

@ObjectType('NotebookSummary', { description: 'What a notebook says, in brief.' })
export class NotebookSummaryType {
  @Field(() => SummaryStateEnum, { description: 'How far it is.' })
  state!: SummaryState;

  @Field(() => String, { nullable: true, description: 'At most 50 characters.' })
  short!: string | null;

  @Field(() => String, { nullable: true, description: 'At most 200 characters.' })
  medium!: string | null;

  @Field(() => String, { nullable: true, description: 'At most 500 characters.' })
  long!: string | null;

  @Field(() => [KeywordType], { description: 'Heaviest first; at most 12.' })
  keywords!: KeywordType[];

  @Field(() => String, { nullable: true, description: 'ISO 639-1: ja or en.' })
  language!: string | null;

  @Field(() => String, { nullable: true, description: 'What made it, such as `local`.' })
  engine!: string | null;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;

  @Field(() => SummaryErrorType, { nullable: true, description: 'Why it FAILED.' })
  error!: SummaryErrorType | null;
}

@ObjectType('Notebook', { description: 'Pages in order, imported from documents.' })
@Directive('@key(fields: "id")')
export class NotebookReference {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;
}

export function presentSummary(row: SummaryEntity): NotebookSummaryType {
  const { state, short, medium, long, keywords, language, engine, updatedAt, errorCode, errorMessage } = row;
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' };
  return { state, short, medium, long, keywords, language, engine, updatedAt, error };
}
