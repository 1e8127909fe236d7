import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

import type { MediaSource } from '@terakoya/common/contracts';
import { NodeType } from '@terakoya/common/graphql';

import type { TrackEntity } from './track.entity';

export const MediaKindEnum = { AUDIO: 'audio', VIDEO: 'video' } as const;
registerEnumType(MediaKindEnum, {
  name: 'MediaKind',
  description: 'What a track carries.',
  valuesConfig: { AUDIO: { description: 'Sound.' }, VIDEO: { description: 'Pictures.' } },
});

export const MediaSourceEnum = {
  MICROPHONE: 'MICROPHONE',
  CAMERA: 'CAMERA',
  SCREEN: 'SCREEN',
  SCREEN_AUDIO: 'SCREEN_AUDIO',
} as const;
registerEnumType(MediaSourceEnum, {
  name: 'MediaSource',
  description: 'Where a track comes from.',
  valuesConfig: {
    MICROPHONE: { description: 'A voice.' },
    CAMERA: { description: 'A face.' },
    SCREEN: { description: 'A shared screen or window.' },
    SCREEN_AUDIO: { description: 'What the shared screen or window sounds.' },
  },
});

@ObjectType('MediaTrack', { implements: NodeType, description: 'Something that a participant sends to the meeting.' })
@Directive('@key(fields: "id")')
export class MediaTrackType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => MediaKindEnum, { description: 'Sound or pictures.' })
  kind!: 'audio' | 'video';

  @Directive('@sameForAll')
  @Field(() => MediaSourceEnum, { description: 'Where it comes from.' })
  source!: MediaSource;

  @Directive('@sameForAll')
  @Field({ description: 'Whether nothing is sent for now: its sender, or a moderator, has paused it.' })
  isPaused!: boolean;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'Since when.' })
  startedAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it ended; null while it goes on.' })
  endedAt!: Date | null;
}

export function presentTrack({ id, kind, source, isPaused, startedAt, endedAt }: TrackEntity): MediaTrackType {
  return { id, kind, source, isPaused, startedAt, endedAt };
}
