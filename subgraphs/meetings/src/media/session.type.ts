import { Field, ObjectType } from 'type-graphql';

import type { RtpCapabilities, TransportOptions } from '@terakoya/common/contracts';

import type { OpenedSession } from '../participant/joining.service';
import type { IceServer } from './turn';
import {
  DtlsParametersScalar,
  IceCandidateScalar,
  IceParametersScalar,
  RtpCapabilitiesScalar,
  SctpParametersScalar,
} from './webrtc.scalars';

@ObjectType('IceServer', { description: 'A STUN or TURN server, as RTCIceServer has it.' })
export class IceServerType {
  @Field(() => [String], { description: 'Its URLs (RFC 7064, RFC 7065), at most 20.' })
  urls!: readonly string[];

  @Field(() => String, { nullable: true, description: 'User name; valid for hours, and for you alone.' })
  username!: string | null;

  @Field(() => String, { nullable: true, description: 'Password.' })
  credential!: string | null;
}

@ObjectType('MediaTransport', { description: 'One way of media between a client and its media node.' })
export class MediaTransportType {
  @Field({ description: 'Names the transport in what is signalled; it is no global id.' })
  transportId!: string;

  @Field(() => IceParametersScalar, { description: "The node's ICE parameters." })
  iceParameters!: object;

  @Field(() => [IceCandidateScalar], { description: "The node's addresses, at most 20." })
  iceCandidates!: readonly object[];

  @Field(() => DtlsParametersScalar, { description: "The node's DTLS parameters." })
  dtlsParameters!: object;

  @Field(() => SctpParametersScalar, { nullable: true, description: 'For data channels; null without them.' })
  sctpParameters!: object | null;
}

@ObjectType('MediaSession', {
  description: 'A media session: the ticket to signal with and a transport each way, not yet connected.',
})
export class MediaSessionType {
  @Field({ description: 'Shown with everything that is signalled; worth nothing to anybody else.' })
  ticket!: string;

  @Field(() => RtpCapabilitiesScalar, { description: 'What the media node can carry.' })
  routerRtpCapabilities!: RtpCapabilities;

  @Field(() => MediaTransportType, { description: 'For what you send.' })
  sendTransport!: MediaTransportType;

  @Field(() => MediaTransportType, { description: 'For what you receive.' })
  receiveTransport!: MediaTransportType;
}

export function presentTransport(options: TransportOptions): MediaTransportType {
  const { transportId, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = options;
  return { transportId, iceParameters, iceCandidates, dtlsParameters, sctpParameters };
}

export function presentSession({ ticket, routerRtpCapabilities, transports }: OpenedSession): MediaSessionType {
  const ofDirection = (wanted: TransportOptions['direction']): MediaTransportType => {
    const found = transports.find(({ direction }) => direction === wanted);
    if (!found) throw new TypeError(`The node opened no transport to ${wanted}.`);
    return presentTransport(found);
  };
  return {
    ticket,
    routerRtpCapabilities,
    sendTransport: ofDirection('SEND'),
    receiveTransport: ofDirection('RECEIVE'),
  };
}

export function presentIceServer({ urls, username, credential }: IceServer): IceServerType {
  return { urls, username, credential };
}
