import { getSupportedRtpCapabilities } from 'mediasoup';

import {
  type MediaRoom,
  type ProducerHome,
  mediaCommands as told,
  rtpCapabilitiesSchema,
} from '@terakoya/common/contracts';

import { type CommandedMedia, newPeer } from './open-media';
import { opus, vp8Simulcast } from './tracks';

/** What a receiver can decode that can decode everything. */
export const rtpCapabilities = rtpCapabilitiesSchema.parse({
  ...getSupportedRtpCapabilities(),
  codecs: getSupportedRtpCapabilities().codecs?.map((codec, index) => ({
    ...codec,
    preferredPayloadType: 96 + (index % 32),
  })),
});

/** A participant of a room on a node, without a client behind it: what it does is commanded as `meetings` would. */
export async function enterRoom(node: CommandedMedia, room: MediaRoom) {
  const ids = { room, peer: newPeer() };
  const { transports } = await node.command(told.joinRoom, { ...ids, directions: ['SEND', 'RECEIVE'] });
  const [send = '', receive = ''] = transports.map(({ transportId }) => transportId);
  const track = { ...ids, transportId: send, isPaused: false };
  return {
    ids,
    /** As others are told where its producers are. */
    home: { controlUrl: node.base, room },
    async speak(): Promise<string> {
      const voice = { kind: 'audio', source: 'MICROPHONE', rtpParameters: opus() } as const;
      return (await node.command(told.produce, { ...track, ...voice })).producerId;
    },
    async show(): Promise<string> {
      const picture = { kind: 'video', source: 'CAMERA', rtpParameters: vp8Simulcast() } as const;
      return (await node.command(told.produce, { ...track, ...picture })).producerId;
    },
    consume: (producerIds: readonly string[], home: ProducerHome | null) =>
      node.command(told.consume, {
        ...ids,
        transportId: receive,
        producers: producerIds.map((producerId) => ({ producerId, home })),
        rtpCapabilities,
      }),
    pause: (producerId: string, isPaused: boolean) =>
      node.command(told.setProducerPaused, { ...ids, producerId, isPaused }),
    closeProducer: (producerId: string) => node.command(told.closeProducer, { ...ids, producerId }),
    closeConsumers: (consumerIds: string[]) => node.command(told.closeConsumers, { ...ids, consumerIds }),
    leave: () => node.command(told.leaveRoom, ids),
    /** The code with which the node refuses to do anything with a consumer. */
    refusalOf: (consumerId: string) => node.refusal(told.requestKeyFrame, { ...ids, consumerId }),
  };
}
