import type { types } from 'mediasoup';

import {
  type RtpCapabilities,
  type RtpParameters,
  type TransportOptions,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportOptionsSchema,
} from '@terakoya/common/contracts';

import type { WebRtcTransport } from './peer';

/*
 * Between the contract and mediasoup. The contract's shapes are mediasoup's, but for names (codecs, header extensions)
 * that mediasoup types as lists of literals and itself checks when it is given others.
 */

export function toRtpParameters(parameters: RtpParameters): types.RtpParameters {
  return parameters as types.RtpParameters; // see above
}

export function toRtpCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return capabilities as types.RtpCapabilities; // see above
}

export function presentRtpParameters(parameters: types.RtpParameters): RtpParameters {
  return rtpParametersSchema.parse(parameters);
}

export function presentCapabilities(capabilities: types.RtpCapabilities): RtpCapabilities {
  return rtpCapabilitiesSchema.parse(capabilities);
}

export function presentTransport(transport: WebRtcTransport): TransportOptions {
  return transportOptionsSchema.parse({
    transportId: transport.id,
    direction: transport.appData.direction,
    iceParameters: transport.iceParameters,
    iceCandidates: transport.iceCandidates,
    dtlsParameters: transport.dtlsParameters,
    sctpParameters: transport.sctpParameters ?? null,
  });
}
