import { Field, ID, ObjectType } from 'type-graphql';

import type { MediaResponse, mediaCommands } from '@terakoya/common/contracts';

import { encodeId } from '@terakoya/common/global-ids';

import type { Consumed } from './signalling.service';
import { MediaKindEnum, MediaTrackType, presentTrack } from './track.type';
import { IceParametersScalar, RtpParametersScalar, SctpStreamParametersScalar } from './webrtc.scalars';

type ConsumedData = MediaResponse<typeof mediaCommands.consumeData>;

@ObjectType('MediaConsumer', { description: "The receiving end of somebody's track." })
export class MediaConsumerType {
  @Field({ description: 'Names the consumer in what is signalled; it is no global id.' })
  consumerId!: string;

  @Field(() => MediaTrackType, { description: 'The track.' })
  track!: MediaTrackType;

  @Field({ description: 'What mediasoup-client needs as `producerId`.' })
  producerId!: string;

  @Field(() => MediaKindEnum, { description: 'Sound or pictures.' })
  kind!: 'audio' | 'video';

  @Field(() => RtpParametersScalar, { description: 'How it is sent to you.' })
  rtpParameters!: object;

  @Field({ description: 'Whether its sender, or a moderator, has paused it.' })
  isTrackPaused!: boolean;
}

@ObjectType('RefusedTrack', { description: 'A track that could not be consumed.' })
export class RefusedTrackType {
  @Field(() => ID, { description: 'The id that was asked for.' })
  trackId!: string;

  @Field({ description: 'One of the codes of `extensions.code`, such as NOT_FOUND.' })
  code!: string;

  @Field({ description: 'Why, in words.' })
  message!: string;
}

@ObjectType('ConsumeResult', { description: 'What became of the tracks that were asked for.' })
export class ConsumeResultType {
  @Field(() => [MediaConsumerType], { description: 'Those that are sent to you now, at most 100.' })
  consumers!: MediaConsumerType[];

  @Field(() => [RefusedTrackType], { description: 'Those that are not, at most 100.' })
  refused!: RefusedTrackType[];
}

@ObjectType('DataConsumer', { description: "The receiving end of somebody's data channel." })
export class DataConsumerType {
  @Field({ description: 'Names the data consumer; it is no global id.' })
  dataConsumerId!: string;

  @Field({ description: 'As its sender named the channel.' })
  label!: string;

  @Field(() => SctpStreamParametersScalar, { nullable: true, description: 'How it is sent to you.' })
  sctpStreamParameters!: object | null;
}

@ObjectType('RestartedIce', { description: 'New ICE parameters of a transport.' })
export class RestartedIceType {
  @Field(() => IceParametersScalar, { description: "The node's new ICE parameters." })
  iceParameters!: object;
}

export function presentConsumed({ consumers, refused, tracks }: Consumed): ConsumeResultType {
  const byId = new Map(tracks.map((track) => [track.id, track]));
  return {
    consumers: consumers.flatMap(({ consumerId, producerId, kind, rtpParameters, isProducerPaused: isTrackPaused }) => {
      const track = byId.get(producerId);
      if (!track) return [];
      return [{ consumerId, producerId, kind, rtpParameters, isTrackPaused, track: presentTrack(track) }];
    }),
    refused: refused.map(({ producerId, code, message }) => ({
      trackId: encodeId('MediaTrack', producerId),
      code,
      message,
    })),
  };
}

export function presentDataConsumer(consumed: ConsumedData): DataConsumerType {
  const { dataConsumerId, label, sctpStreamParameters } = consumed;
  return { dataConsumerId, label, sctpStreamParameters };
}
