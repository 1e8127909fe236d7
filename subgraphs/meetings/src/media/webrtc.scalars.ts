import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';

const SPECIFICATION = 'https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/';

/** An object that clients and media nodes exchange as it is; what it must contain is checked where it is used. */
function objectScalar(name: string, description: string): GraphQLScalarType {
  const parseValue = (value: unknown): object => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new GraphQLError(`${name} must be an object`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL: SPECIFICATION,
    serialize: (value) => value,
    parseValue,
    parseLiteral: (node, variables) => parseValue(valueFromASTUntyped(node, variables)),
  });
}

export const RtpCapabilitiesScalar = objectScalar(
  'RtpCapabilities',
  'Codecs and header extensions that an end can receive, as mediasoup-client has them.',
);
export const RtpParametersScalar = objectScalar(
  'RtpParameters',
  'How one track is sent: codecs, encodings, header extensions, as mediasoup-client has them.',
);
export const DtlsParametersScalar = objectScalar(
  'DtlsParameters',
  'DTLS role and certificate fingerprints of one end.',
);
export const IceParametersScalar = objectScalar('IceParameters', 'ICE user name fragment and password of one end.');
export const IceCandidateScalar = objectScalar('IceCandidate', 'An address at which the media node can be reached.');
export const SctpParametersScalar = objectScalar('SctpParameters', 'SCTP association parameters of a transport.');
export const SctpStreamParametersScalar = objectScalar(
  'SctpStreamParameters',
  'Stream id and reliability of one data channel.',
);
