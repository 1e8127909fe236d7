import { Directive, Field, Float, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import { UserReference } from '../references.type';
import type { ChapterEntity, RecordingEntity, RecordingState } from './recording.entity';

export const RecordingStateEnum = {
  RECORDING: 'RECORDING',
  STOPPED: 'STOPPED',
  COMPOSING: 'COMPOSING',
  READY: 'READY',
  FAILED: 'FAILED',
  EXPIRED: 'EXPIRED',
} as const;
registerEnumType(RecordingStateEnum, {
  name: 'RecordingState',
  description: 'How far a recording is.',
  valuesConfig: {
    RECORDING: { description: 'It runs.' },
    STOPPED: { description: 'It has ended; its last seconds are being stored.' },
    COMPOSING: { description: 'The film is being made.' },
    READY: { description: 'The film can be watched.' },
    FAILED: { description: 'There is no film; `error` tells why.' },
    EXPIRED: { description: 'The film was kept long enough, or deleted.' },
  },
});

@ObjectType('RecordingError', { description: 'Why there is no film.' })
export class RecordingErrorType {
  @Directive('@sameForAll')
  @Field({ description: 'One of the codes of `extensions.code`, such as UNAVAILABLE.' })
  code!: string;

  @Directive('@sameForAll')
  @Field({ description: 'In words.' })
  message!: string;
}

@ObjectType('RecordingChapter', { description: 'Something to jump to in a recording.' })
export class ChapterType {
  @Directive('@sameForAll')
  @Field({ description: 'What begins.' })
  title!: string;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Where, in seconds from the beginning of the film.' })
  atSeconds!: number;
}

@ObjectType('Recording', { implements: NodeType, description: 'A recording of a meeting, and the film of it.' })
@Directive('@key(fields: "id")')
export class RecordingType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => RecordingStateEnum, { description: 'How far it is.' })
  state!: RecordingState;

  @Directive('@sameForAll')
  @Field(() => UserReference, { description: 'Who began it.' })
  startedBy!: UserReference;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it began.' })
  startedAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it ended; null while it runs.' })
  stoppedAt!: Date | null;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When the film is removed.' })
  expiresAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Float, { nullable: true, description: 'Length of the film in seconds; null without one.' })
  durationSeconds!: number | null;

  @Directive('@sameForAll')
  @Field(() => Float, { nullable: true, description: 'Size of the film in bytes; null without one.' })
  size!: number | null;

  @Directive('@sameForAll')
  @Field(() => RecordingErrorType, { nullable: true, description: 'Why there is no film; null when nothing failed.' })
  error!: RecordingErrorType | null;

  row!: RecordingEntity;
}

export const RecordingConnection = connectionOf(RecordingType, 'Recording');

export function presentRecording(row: RecordingEntity): RecordingType {
  const { id, state, startedBy, startedAt, stoppedAt, expiresAt, video, error } = row;
  return {
    id,
    row,
    state,
    startedBy: { id: startedBy },
    startedAt,
    stoppedAt,
    expiresAt,
    durationSeconds: video && video.durationMs / 1_000,
    size: video && video.size,
    error,
  };
}

export function presentChapter({ title, beginsAt }: ChapterEntity, recording: RecordingEntity): ChapterType {
  return { title, atSeconds: Math.max(0, beginsAt.getTime() - recording.startedAt.getTime()) / 1_000 };
}
