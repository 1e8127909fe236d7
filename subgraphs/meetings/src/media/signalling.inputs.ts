import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsOptional,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, Float, InputType, Int, registerEnumType } from 'type-graphql';

import type { MediaSource } from '@terakoya/common/contracts';
import { IdField } from '@terakoya/common/graphql';

import { MediaSourceEnum } from './track.type';
import {
  DtlsParametersScalar,
  RtpCapabilitiesScalar,
  RtpParametersScalar,
  SctpStreamParametersScalar,
} from './webrtc.scalars';

export const MediaDirectionEnum = { SEND: 'SEND', RECEIVE: 'RECEIVE' } as const;
registerEnumType(MediaDirectionEnum, {
  name: 'MediaDirection',
  description: 'Which way media goes, as the client sees it.',
  valuesConfig: { SEND: { description: 'To the meeting.' }, RECEIVE: { description: 'From the meeting.' } },
});

@InputType({ description: 'What every signalling input has.' })
class TicketInput {
  @Field({ description: 'The `ticket` of your media session.' })
  @Length(1, 1_000)
  ticket!: string;
}

@InputType({ description: 'About one transport.' })
export class TransportInput extends TicketInput {
  @Field({ description: 'The `transportId`.' })
  @IsUUID()
  transportId!: string;
}

@InputType({ description: 'A further transport.' })
export class CreateTransportInput extends TicketInput {
  @Field(() => MediaDirectionEnum, { description: 'Which way.' })
  direction!: 'SEND' | 'RECEIVE';
}

@InputType({ description: "A transport and the client's end of it." })
export class ConnectTransportInput extends TransportInput {
  @Field(() => DtlsParametersScalar, { description: "The client's DTLS parameters." })
  dtlsParameters!: object;
}

@InputType({ description: 'A track to send.' })
export class ProduceInput extends TransportInput {
  @Field(() => MediaSourceEnum, { description: 'Where it comes from.' })
  source!: MediaSource;

  @Field(() => RtpParametersScalar, { description: 'How it is sent.' })
  rtpParameters!: object;

  @Field({ defaultValue: false, description: 'Whether it begins paused.' })
  isPaused!: boolean;
}

@InputType({ description: 'One of your own tracks.' })
export class TrackInput extends TicketInput {
  @IdField('MediaTrack', { description: 'The track.' })
  trackId!: string;
}

@InputType({ description: 'One of your own tracks, to pause or to resume.' })
export class SetTrackPausedInput extends TrackInput {
  @Field({ description: 'Whether it is to be paused.' })
  isPaused!: boolean;
}

@InputType({ description: 'Tracks to receive.' })
export class ConsumeInput extends TransportInput {
  @IdField('MediaTrack', { description: 'The tracks, at most 100.', isList: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  trackIds!: string[];

  @Field(() => RtpCapabilitiesScalar, { description: 'What the client can receive.' })
  rtpCapabilities!: object;

  @Field({
    defaultValue: false,
    description: 'Whether they begin paused; needed only when the transport is connected already.',
  })
  isPaused!: boolean;
}

@InputType({ description: 'About consumers of yours.' })
export class ConsumersInput extends TicketInput {
  @Field(() => [String], { description: 'Their `consumerId`s, at most 200.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  consumerIds!: string[];
}

@InputType({ description: 'About one consumer of yours.' })
export class ConsumerInput extends TicketInput {
  @Field({ description: 'Its `consumerId`.' })
  @IsUUID()
  consumerId!: string;
}

@InputType({ description: 'The best layers that a consumer is to get; less is sent when the network allows no more.' })
export class SetPreferredLayersInput extends ConsumerInput {
  @Field(() => Int, { description: 'Spatial layer, 0 (smallest) to 7.' })
  @Min(0)
  @Max(7)
  spatialLayer!: number;

  @Field(() => Int, { nullable: true, description: 'Temporal layer, 0 to 7; the best without it.' })
  @IsOptional()
  @Min(0)
  @Max(7)
  temporalLayer?: number | null;
}

@InputType({ description: 'Which consumer comes first when there is too little bandwidth.' })
export class SetConsumerPriorityInput extends ConsumerInput {
  @Field(() => Int, { description: '1 (last) to 255 (first).' })
  @IsInt()
  @Min(1)
  @Max(255)
  priority!: number;
}

@InputType({ description: 'How large a consumer is shown.' })
export class TileInput {
  @Field({ description: 'Its `consumerId`.' })
  @IsUUID()
  consumerId!: string;

  @Field(() => Float, { description: 'Height in CSS pixels times the device pixel ratio; 0 when it is not visible.' })
  @Min(0)
  @Max(10_000)
  height!: number;
}

@InputType({ description: 'What is visible of what is received.' })
export class ShowTilesInput extends TicketInput {
  @Field(() => [TileInput], { description: 'Those whose size has changed, at most 100.' })
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  tiles!: TileInput[];
}

@InputType({ description: 'A data channel to send on.' })
export class ProduceDataInput extends TransportInput {
  @Field({ description: 'A name for its receivers, at most 64 characters.' })
  @MaxLength(64)
  label!: string;

  @Field(() => SctpStreamParametersScalar, { description: 'Stream id and reliability.' })
  sctpStreamParameters!: object;
}

@InputType({ description: 'A data channel to receive.' })
export class ConsumeDataInput extends TransportInput {
  @Field({ description: 'The `dataProducerId` that its sender was given.' })
  @IsUUID()
  dataProducerId!: string;
}
