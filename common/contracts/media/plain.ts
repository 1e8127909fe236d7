import { z } from 'zod';

import { peerSchema, roomSchema } from './commands';
import { defineCommand } from './define-command';
import { mediaDirectionSchema } from './rtp';

const address = z.union([z.ipv4(), z.ipv6()]);
const srtpSchema = z.object({
  cryptoSuite: z.enum(['AEAD_AES_256_GCM', 'AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32']),
  /** Master key and salt in Base64: 30 bytes for AES_CM, 28 or 44 for GCM. */
  keyBase64: z.base64().max(64),
});

/**
 * A transport without ICE and DTLS, for participants that are no browsers: RTP and RTCP over one UDP port, with SRTP when a
 * key is given. It counts as one of the peer's transports and takes the same commands after, but `connect-transport` and
 * `restart-ice`, for which it is NOT_FOUND. Whether its other end lives is not watched. Errors besides those of all commands:
 * FORBIDDEN where the node's MEDIA_PLAIN_TRANSPORTS is off.
 */
export const openPlainTransport = defineCommand(
  'open-plain-transport',
  z.object({
    room: roomSchema,
    peer: peerSchema,
    direction: mediaDirectionSchema,
    /** The participant's end; null: where its first packet comes from. */
    remote: z.object({ ip: address, port: z.int().min(1).max(65_535) }).nullable(),
    /** What the participant encrypts with; null: nothing is encrypted. */
    srtp: srtpSchema.nullable(),
  }),
  z.object({
    transportId: z.uuid(),
    direction: mediaDirectionSchema,
    /** Where the participant sends to, and what it is sent from. */
    ip: z.string(),
    port: z.int(),
    /** What the node encrypts with. */
    srtp: srtpSchema.nullable(),
  }),
);
