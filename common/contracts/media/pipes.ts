import { z } from 'zod';

import { peerSchema, roomSchema } from './commands';
import { defineCommand } from './define-command';
import { mediaKindSchema, mediaSourceSchema, rtpParametersSchema } from './rtp';

/**
 * What SFU nodes tell each other, so that a participant on one hears and sees who sends to another. A pipe leads from the
 * home of producers, the room of one node, to that of the node that asked for it. Whoever names a pipe knows its id, which is random.
 */
const pipeEndSchema = z.object({
  ip: z.union([z.ipv4(), z.ipv6()]),
  port: z.int().min(1).max(65_535),
  /** What this end encrypts with. */
  srtp: z.object({
    cryptoSuite: z.enum(['AEAD_AES_256_GCM', 'AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32']),
    /** Master key and salt in Base64. */
    keyBase64: z.base64().max(64),
  }),
});
export type PipeEnd = z.output<typeof pipeEndSchema>;

const askerSchema = z.object({ nodeId: z.uuid(), controlUrl: z.url({ protocol: /^https?$/ }) });
export type PipeAsker = z.output<typeof askerSchema>;

const ofPipe = z.object({ pipeId: z.uuid() });
const ofPipedProducer = ofPipe.extend({ producerId: z.uuid() });
const nothing = z.object({});

/** Opens the home's end of a pipe; each end is told where the other is. NOT_FOUND when the room is not there. */
export const openPipe = defineCommand(
  'open-pipe',
  ofPipe.extend({ room: roomSchema, asker: askerSchema, end: pipeEndSchema }),
  z.object({ nodeId: z.uuid(), end: pipeEndSchema }),
  'media',
);

/**
 * Sends a producer of the room through the pipe, with all its layers; asking again is asking once. NOT_FOUND when the producer
 * is not there, CONFLICT when the pipe is not.
 */
export const pipeProducer = defineCommand(
  'pipe-producer',
  ofPipedProducer,
  z.object({
    peer: peerSchema,
    kind: mediaKindSchema,
    source: mediaSourceSchema,
    rtpParameters: rtpParametersSchema,
    isPaused: z.boolean(),
  }),
  'media',
);

/** Ends a pipe, or one producer's way through it; from either end. One that is not there is no error. */
export const closePipe = defineCommand(
  'close-pipe',
  ofPipe.extend({ producerId: z.uuid().nullable() }),
  nothing,
  'media',
);

/** The home tells how a piped producer is now. CONFLICT when the pipe is not there. */
export const pipedProducerChanged = defineCommand(
  'piped-producer-changed',
  ofPipedProducer.extend({ isPaused: z.boolean(), isClosed: z.boolean() }),
  nothing,
  'media',
);
