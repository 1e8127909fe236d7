import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';

import { type ParticipantQuality, type QualityLevel, levelOf } from './quality.policy';
import { MediaDirectionEnum } from './signalling.inputs';
import { MediaKindEnum } from './track.type';

export const QualityLevelEnum = { GOOD: 'GOOD', FAIR: 'FAIR', POOR: 'POOR' } as const;
registerEnumType(QualityLevelEnum, {
  name: 'QualityLevel',
  description: 'How well media gets through.',
  valuesConfig: {
    GOOD: { description: 'Nobody notices anything.' },
    FAIR: { description: 'It can be noticed.' },
    POOR: { description: 'It disturbs: turn the camera off, or change the network.' },
  },
});

@ObjectType('TrackQuality', {
  description: 'How one track gets through, as measured now, or up to 15 s ago while it flows without a fault.',
})
export class TrackQualityType {
  @Field(() => MediaDirectionEnum, { description: 'Whether the participant sends or receives it.' })
  direction!: 'SEND' | 'RECEIVE';

  @Field(() => MediaKindEnum, { description: 'Sound or pictures.' })
  kind!: 'audio' | 'video';

  @Field(() => Float, { description: "mediasoup's score, 0 (nothing gets through) to 10." })
  score!: number;

  @Field(() => Float, { description: 'Bits per second.' })
  bitrate!: number;

  @Field(() => Float, { description: 'Share of packets lost, 0 to 1.' })
  lossShare!: number;

  @Field(() => Float, { nullable: true, description: 'Jitter in milliseconds; null where it is not measured.' })
  jitterMs!: number | null;

  @Field(() => Float, { nullable: true, description: 'Round trip in milliseconds; null where it is not measured.' })
  roundTripMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'The spatial layer that is received; null for what has none.' })
  spatialLayer!: number | null;
}

@ObjectType('MediaQuality', { description: "How a participant's media gets through." })
export class MediaQualityType {
  @Field(() => QualityLevelEnum, {
    nullable: true,
    description: "The worst of it, without what others' networks lost before; null when nothing was measured.",
  })
  level!: QualityLevel | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What they can receive, bits per second; null before it is known.',
  })
  availableBitrate!: number | null;

  @Field(() => [TrackQualityType], { description: 'Each track, at most 208.' })
  tracks!: TrackQualityType[];
}

export function presentQuality(quality: ParticipantQuality): MediaQualityType {
  const { availableBitrate, tracks } = quality;
  return { level: levelOf(quality), availableBitrate, tracks: tracks.map((track) => ({ ...track })) };
}
