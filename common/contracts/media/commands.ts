import { z } from 'zod';

import { defineCommand } from './define-command';
import {
  dtlsParametersSchema,
  iceParametersSchema,
  mediaDirectionSchema,
  mediaKindSchema,
  mediaSourceSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  sctpStreamParametersSchema,
  transportOptionsSchema,
} from './rtp';

/**
 * What `meetings` tells the SFU nodes. A room is one life of a meeting's media: when its node is lost the meeting gets a
 * room with the next epoch elsewhere. A peer is one join of a participant: joining again replaces the earlier session.
 * Errors: NOT_FOUND for a room, peer, transport, producer or consumer that is not there or not the peer's; BAD_USER_INPUT
 * for what mediasoup refuses; CONFLICT for what is closing; LIMIT_EXCEEDED.
 */
export const roomSchema = z.object({ meetingId: z.uuid(), epoch: z.int().positive() });
export type MediaRoom = z.output<typeof roomSchema>;
export const peerSchema = z.object({ participantId: z.uuid(), sessionId: z.uuid() });
export type MediaPeer = z.output<typeof peerSchema>;

const ofRoom = z.object({ room: roomSchema });
const ofPeer = ofRoom.extend({ peer: peerSchema });
const ofTransport = ofPeer.extend({ transportId: z.uuid() });
const ofProducer = ofPeer.extend({ producerId: z.uuid() });
const ofConsumers = ofPeer.extend({ consumerIds: z.array(z.uuid()).min(1).max(200) });
const ofConsumer = ofPeer.extend({ consumerId: z.uuid() });
const nothing = z.object({});

/** Enters a peer, opening the room when it is not there yet, with the transports asked for: one trip for a join. */
export const joinRoom = defineCommand(
  'join-room',
  ofPeer.extend({ directions: z.array(mediaDirectionSchema).max(2) }),
  z.object({ routerRtpCapabilities: rtpCapabilitiesSchema, transports: z.array(transportOptionsSchema) }),
);
/** Says that a peer is there which sends and receives nothing: without any connection it is given up after a while. */
export const stayInRoom = defineCommand('stay-in-room', ofPeer, nothing);
/** Everything of the peer is closed; a peer that is not there is no error. */
export const leaveRoom = defineCommand('leave-room', ofPeer, nothing);
/** Everything of the room is closed; a room that is not there is no error. */
export const closeRoom = defineCommand('close-room', ofRoom, nothing);

/** The node takes nobody new (UNAVAILABLE) and ends when its rooms are empty or its time for that is over. */
export const drainNode = defineCommand('drain-node', nothing, nothing);

export const openTransport = defineCommand(
  'open-transport',
  ofPeer.extend({ direction: mediaDirectionSchema }),
  transportOptionsSchema,
);
/** Connecting again with the same parameters is connecting once. */
export const connectTransport = defineCommand(
  'connect-transport',
  ofTransport.extend({ dtlsParameters: dtlsParametersSchema }),
  nothing,
);
export const restartIce = defineCommand('restart-ice', ofTransport, z.object({ iceParameters: iceParametersSchema }));

export const produce = defineCommand(
  'produce',
  ofTransport
    .extend({
      kind: mediaKindSchema,
      source: mediaSourceSchema,
      rtpParameters: rtpParametersSchema,
      isPaused: z.boolean(),
    })
    .refine(({ kind, source }) => (kind === 'video') === ['CAMERA', 'SCREEN'].includes(source), {
      path: ['source'],
      message: 'does not go with the kind',
    }),
  z.object({ producerId: z.uuid() }),
);
export const setProducerPaused = defineCommand(
  'set-producer-paused',
  ofProducer.extend({ isPaused: z.boolean() }),
  nothing,
);
export const closeProducer = defineCommand('close-producer', ofProducer, nothing);

/** The node and room to which a producer is sent. */
const homeSchema = z.object({ controlUrl: z.url({ protocol: /^https?$/ }), room: roomSchema });
export type ProducerHome = z.output<typeof homeSchema>;

/** Consumes others' producers, paused until they are resumed. */
export const consume = defineCommand(
  'consume',
  ofTransport.extend({
    rtpCapabilities: rtpCapabilitiesSchema,
    producers: z
      .array(z.object({ producerId: z.uuid(), /** null: this node and room. */ home: homeSchema.nullable() }))
      .min(1)
      .max(100),
  }),
  z.object({
    consumers: z.array(
      z.object({
        consumerId: z.uuid(),
        producerId: z.uuid(),
        kind: mediaKindSchema,
        type: z.enum(['simple', 'simulcast', 'svc', 'pipe']),
        rtpParameters: rtpParametersSchema,
        isProducerPaused: z.boolean(),
      }),
    ),
    /** Those that could not be consumed, with the code of the reason. */
    refused: z.array(z.object({ producerId: z.uuid(), code: z.string(), message: z.string() })),
  }),
);
/** Those of the consumers that are still there are paused or resumed; a resumed video asks for a key frame. */
export const setConsumersPaused = defineCommand(
  'set-consumers-paused',
  ofConsumers.extend({ isPaused: z.boolean() }),
  nothing,
);
export const closeConsumers = defineCommand('close-consumers', ofConsumers, nothing);
export const setPreferredLayers = defineCommand(
  'set-preferred-layers',
  ofConsumer.extend({ spatialLayer: z.int().min(0).max(7), temporalLayer: z.int().min(0).max(7).nullable() }),
  nothing,
);
/** Which consumers get bandwidth first when there is too little, 1 to 255. */
export const setConsumerPriority = defineCommand(
  'set-consumer-priority',
  ofConsumer.extend({ priority: z.int().min(1).max(255) }),
  nothing,
);
export const requestKeyFrame = defineCommand('request-key-frame', ofConsumer, nothing);

export const produceData = defineCommand(
  'produce-data',
  ofTransport.extend({ label: z.string().max(64), sctpStreamParameters: sctpStreamParametersSchema }),
  z.object({ dataProducerId: z.uuid() }),
);
export const consumeData = defineCommand(
  'consume-data',
  ofTransport.extend({ dataProducerId: z.uuid() }),
  z.object({
    dataConsumerId: z.uuid(),
    label: z.string(),
    sctpStreamParameters: sctpStreamParametersSchema.nullable(),
  }),
);

/** How a track arrives or is sent on: score 0 to 10 as mediasoup rates it, `null` where nothing was measured yet. */
const trackQuality = z.object({
  /** Producer or consumer. */
  id: z.uuid(),
  producerId: z.uuid(),
  direction: mediaDirectionSchema,
  kind: mediaKindSchema,
  score: z.number(),
  /** The same of how the sender's media arrive at the node: what never came is missed by everybody. */
  sourceScore: z.number(),
  bitrate: z.number(),
  packetsLost: z.number(),
  /** Share of packets lost since the last report, 0 to 1. */
  lossShare: z.number(),
  jitterMs: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  spatialLayer: z.int().nullable(),
});
export const measureQuality = defineCommand(
  'measure-quality',
  ofRoom.extend({ participantIds: z.array(z.uuid()).max(200) }),
  z.object({
    participants: z.array(
      z.object({
        participantId: z.uuid(),
        /** Bandwidth the node believes the peer can receive, bits per second. */
        availableBitrate: z.number().nullable(),
        tracks: z.array(trackQuality),
      }),
    ),
  }),
);
