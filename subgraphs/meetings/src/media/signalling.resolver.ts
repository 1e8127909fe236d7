import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';

import type { MeetingsContext } from '../context';
import { inStep } from '../steps';
import {
  ConsumeResultType,
  DataConsumerType,
  RestartedIceType,
  presentConsumed,
  presentDataConsumer,
} from './consumer.type';
import { MediaTransportType, presentTransport } from './session.type';
import {
  ConnectTransportInput,
  ConsumeDataInput,
  ConsumeInput,
  ConsumerInput,
  ConsumersInput,
  CreateTransportInput,
  ProduceDataInput,
  ProduceInput,
  SetConsumerPriorityInput,
  SetPreferredLayersInput,
  SetTrackPausedInput,
  ShowTilesInput,
  TrackInput,
  TransportInput,
} from './signalling.inputs';
import type { SignallingService } from './signalling.service';
import { MediaTrackType, presentTrack } from './track.type';

const DONE = 'Always true.';

/** The media of the session that a ticket is for: transports, tracks, consumers. */
@Resolver()
export class SignallingResolver {
  constructor(private readonly signalling: SignallingService) {}

  @Directive('@authenticated')
  @Mutation(() => MediaTransportType, { description: 'Opens a further transport, such as after one has failed.' })
  async createTransport(
    @Arg('input') { ticket, direction }: CreateTransportInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MediaTransportType> {
    return presentTransport(await this.signalling.openTransport(viewer, ticket, direction));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Connects a transport; doing it again changes nothing. ${DONE}` })
  async connectTransport(
    @Arg('input') { ticket, transportId, dtlsParameters }: ConnectTransportInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await inStep('connect', () => this.signalling.connectTransport(viewer, ticket, transportId, dtlsParameters));
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => RestartedIceType, { description: 'Goes on over other addresses, such as after a change of network.' })
  async restartIce(
    @Arg('input') { ticket, transportId }: TransportInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<RestartedIceType> {
    return { iceParameters: await this.signalling.restartIce(viewer, ticket, transportId) };
  }

  @Directive('@authenticated')
  @Mutation(() => MediaTrackType, {
    description: 'Begins to send a track. FORBIDDEN when you may not send what comes from that source.',
  })
  async produce(
    @Arg('input') { ticket, ...track }: ProduceInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MediaTrackType> {
    return presentTrack(await inStep('produce', () => this.signalling.produce(viewer, ticket, track)));
  }

  @Directive('@authenticated')
  @Mutation(() => MediaTrackType, {
    description: 'Pauses or resumes a track of yours. FORBIDDEN to resume what you may not send.',
  })
  async setTrackPaused(
    @Arg('input') { ticket, trackId, isPaused }: SetTrackPausedInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<MediaTrackType> {
    return presentTrack(await this.signalling.setPaused(viewer, ticket, trackId, isPaused));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Ends a track of yours. ${DONE}` })
  async closeTrack(
    @Arg('input') { ticket, trackId }: TrackInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.close(viewer, ticket, trackId);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => ConsumeResultType, { description: 'Begins to receive tracks of the meeting.' })
  async consume(
    @Arg('input') { ticket, ...wanted }: ConsumeInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<ConsumeResultType> {
    return presentConsumed(await inStep('consume', () => this.signalling.consume(viewer, ticket, wanted)));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Lets consumers go on; a video begins with a key frame. ${DONE}` })
  async resumeConsumers(
    @Arg('input') { ticket, consumerIds }: ConsumersInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.setConsumersPaused(viewer, ticket, consumerIds, false);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Has nothing sent to consumers for now. ${DONE}` })
  async pauseConsumers(
    @Arg('input') { ticket, consumerIds }: ConsumersInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.setConsumersPaused(viewer, ticket, consumerIds, true);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Ends consumers. ${DONE}` })
  async closeConsumers(
    @Arg('input') { ticket, consumerIds }: ConsumersInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.closeConsumers(viewer, ticket, consumerIds);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Sets the best layers that a consumer gets. ${DONE}` })
  async setPreferredLayers(
    @Arg('input') { ticket, consumerId, spatialLayer, temporalLayer }: SetPreferredLayersInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    const layers = { consumerId, spatialLayer, temporalLayer: temporalLayer ?? null };
    await this.signalling.setPreferredLayers(viewer, ticket, layers);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Sets which consumer comes first when bandwidth is short. ${DONE}` })
  async setConsumerPriority(
    @Arg('input') { ticket, consumerId, priority }: SetConsumerPriorityInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.setConsumerPriority(viewer, ticket, consumerId, priority);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: `Asks for a key frame of a video. ${DONE}` })
  async requestKeyFrame(
    @Arg('input') { ticket, consumerId }: ConsumerInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.requestKeyFrame(viewer, ticket, consumerId);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, {
    description: `Tells how large videos are shown: each is sent in a layer that is enough, and what is not visible not at all. Without tiles it says that you are there, for those who send and receive nothing. ${DONE}`,
  })
  async showTiles(
    @Arg('input') { ticket, tiles }: ShowTilesInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signalling.showTiles(viewer, ticket, tiles);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => String, { description: 'Opens a data channel to the meeting; gives its `dataProducerId`.' })
  async produceData(
    @Arg('input') { ticket, transportId, label, sctpStreamParameters }: ProduceDataInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<string> {
    return this.signalling.produceData(viewer, ticket, transportId, label, sctpStreamParameters);
  }

  @Directive('@authenticated')
  @Mutation(() => DataConsumerType, { description: "Receives somebody's data channel." })
  async consumeData(
    @Arg('input') { ticket, transportId, dataProducerId }: ConsumeDataInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<DataConsumerType> {
    return presentDataConsumer(await this.signalling.consumeData(viewer, ticket, transportId, dataProducerId));
  }
}
