import { z } from 'zod';

/**
 * The parameters of WebRTC that clients and SFU nodes exchange, in the form of mediasoup v3 (RTP parameters and
 * capabilities, mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities), each with an upper bound: what
 * a browser sends is far below it.
 */
const short = z.string().max(256);
const codecParameters = z.record(short, z.union([short, z.number(), z.boolean(), z.null()])).refine(hasFew);
const payloadType = z.int().min(0).max(127);
const feedback = z.array(z.object({ type: short, parameter: short.optional() })).max(32);
const direction = z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

function hasFew(parameters: object): boolean {
  return Object.keys(parameters).length <= 32;
}

export const mediaKindSchema = z.enum(['audio', 'video']);

/** Which way a track goes, as the participant sees it. */
export const mediaDirectionSchema = z.enum(['SEND', 'RECEIVE']);
export type MediaDirection = z.output<typeof mediaDirectionSchema>;

/** Where a track comes from. */
export const mediaSourceSchema = z.enum(['MICROPHONE', 'CAMERA', 'SCREEN', 'SCREEN_AUDIO']);
export type MediaSource = z.output<typeof mediaSourceSchema>;

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind: mediaKindSchema,
        mimeType: short,
        preferredPayloadType: payloadType.optional(),
        clockRate: z.int().positive(),
        channels: z.int().min(1).max(8).optional(),
        parameters: codecParameters.optional(),
        rtcpFeedback: feedback.optional(),
      }),
    )
    .max(64)
    .optional(),
  headerExtensions: z
    .array(
      z.object({
        kind: mediaKindSchema,
        uri: short,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: direction.optional(),
      }),
    )
    .max(64)
    .optional(),
});
export type RtpCapabilities = z.output<typeof rtpCapabilitiesSchema>;

export const rtpParametersSchema = z.object({
  mid: short.optional(),
  msid: short.optional(),
  codecs: z
    .array(
      z.object({
        mimeType: short,
        payloadType,
        clockRate: z.int().positive(),
        channels: z.int().min(1).max(8).optional(),
        parameters: codecParameters.optional(),
        rtcpFeedback: feedback.optional(),
      }),
    )
    .min(1)
    .max(32),
  headerExtensions: z
    .array(
      z.object({
        uri: short,
        id: z.int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: codecParameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: z.int().min(0).max(0xffffffff).optional(),
        rid: short.optional(),
        codecPayloadType: payloadType.optional(),
        rtx: z.object({ ssrc: z.int().min(0).max(0xffffffff) }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: z.string().max(32).optional(),
        scaleResolutionDownBy: z.number().min(1).optional(),
        maxBitrate: z.number().nonnegative().optional(),
      }),
    )
    .max(8)
    .optional(),
  rtcp: z
    .object({ cname: short.optional(), reducedSize: z.boolean().optional(), mux: z.boolean().optional() })
    .optional(),
});
export type RtpParameters = z.output<typeof rtpParametersSchema>;

export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().max(200),
      }),
    )
    .min(1)
    .max(8),
});

export const iceParametersSchema = z.object({
  usernameFragment: short,
  password: short,
  iceLite: z.boolean().optional(),
});

export const sctpStreamParametersSchema = z.object({
  streamId: z.int().min(0).max(65_535),
  ordered: z.boolean().optional(),
  maxPacketLifeTime: z.int().min(0).max(65_535).optional(),
  maxRetransmits: z.int().min(0).max(65_535).optional(),
});

/** What a client needs to make its end of a transport; the ICE candidates and the rest are handed on as mediasoup gives them. */
export const transportOptionsSchema = z.object({
  transportId: z.uuid(),
  direction: mediaDirectionSchema,
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(z.looseObject({ foundation: z.string() })),
  dtlsParameters: dtlsParametersSchema,
  sctpParameters: z.looseObject({ port: z.number() }).nullable(),
});
export type TransportOptions = z.output<typeof transportOptionsSchema>;
