import type { types } from 'mediasoup';

import type { MediaResponse, mediaCommands } from '@terakoya/common/contracts';
import { BadInputError, NotFoundError, isSchoolError } from '@terakoya/common/errors';

import { asked } from './failures';
import type { Peer, PeerTransport } from './peer';
import { presentRtpParameters } from './present';
import type { Room } from './room';

type Consumed = MediaResponse<typeof mediaCommands.consume>;
type OneConsumed = Consumed['consumers'][number];

/** Consumes what can be consumed; what cannot is told with the code of the reason and disturbs nothing else. */
export async function consumeAll(
  room: Room,
  peer: Peer,
  transport: PeerTransport,
  producerIds: readonly string[],
  rtpCapabilities: types.RtpCapabilities,
): Promise<Consumed> {
  const answers = await Promise.all(
    producerIds.map(async (producerId) => {
      try {
        return await peer.oneMore('consumers', () => consumeOne(room, peer, transport, producerId, rtpCapabilities));
      } catch (error) {
        if (!isSchoolError(error)) throw error;
        return { producerId, code: error.code, message: error.message };
      }
    }),
  );
  return {
    consumers: answers.filter((answer) => 'consumerId' in answer),
    refused: answers.filter((answer) => 'code' in answer),
  };
}

async function consumeOne(
  room: Room,
  peer: Peer,
  transport: PeerTransport,
  producerId: string,
  rtpCapabilities: types.RtpCapabilities,
): Promise<OneConsumed> {
  const sender = room.senderOf(producerId);
  if (!sender) throw new NotFoundError('producer', producerId);
  const { router } = peer.router;
  await asked('producerIds', () => room.routers.bring(producerId, sender.router, peer.router));
  if (!router.canConsume({ producerId, rtpCapabilities })) {
    throw new BadInputError('rtpCapabilities', 'have no codec in common with the track');
  }
  const consumer = await asked('rtpCapabilities', () =>
    transport.consume({ producerId, rtpCapabilities, paused: true }),
  );
  if (consumer.closed) throw new NotFoundError('producer', producerId); // it ended meanwhile
  keep(room, peer, consumer);
  return {
    consumerId: consumer.id,
    producerId,
    kind: consumer.kind,
    type: consumer.type,
    rtpParameters: presentRtpParameters(consumer.rtpParameters),
    isProducerPaused: consumer.producerPaused,
  };
}

function keep(room: Room, peer: Peer, consumer: types.Consumer): void {
  peer.consumers.set(consumer.id, consumer);
  room.routers.count(peer.router, 1);
  consumer.observer.once('close', () => {
    peer.consumers.delete(consumer.id);
    room.routers.count(peer.router, -1);
  });
}
