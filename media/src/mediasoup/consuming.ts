import type { types } from 'mediasoup';

import type { MediaResponse, ProducerHome, mediaCommands } from '@terakoya/common/contracts';
import { BadInputError, NotFoundError, isSchoolError } from '@terakoya/common/errors';

import { asked } from './failures';
import type { Peer, PeerTransport } from './peer';
import type { Pipes, ProducerSource } from './pipes';
import { presentRtpParameters } from './present';
import type { Room } from './room';

type Consumed = MediaResponse<typeof mediaCommands.consume>;
type OneConsumed = Consumed['consumers'][number];

/** A participant that consumes, on one of its transports. */
export interface Viewer {
  readonly room: Room;
  readonly peer: Peer;
  readonly transport: PeerTransport;
  readonly rtpCapabilities: types.RtpCapabilities;
}

interface Wanted {
  readonly producerId: string;
  /** Where it is sent to; null: this node and room. */
  readonly home: ProducerHome | null;
}

/** Consumes what can be consumed; what cannot is told with the code of the reason and disturbs nothing else. */
export async function consumeAll(viewer: Viewer, wanted: readonly Wanted[], pipes: Pipes): Promise<Consumed> {
  const answers = await Promise.all(
    wanted.map(async (one) => {
      try {
        return await viewer.peer.oneMore('consumers', () => consumeOne(viewer, one, pipes));
      } catch (error) {
        if (!isSchoolError(error)) throw error;
        return { producerId: one.producerId, code: error.code, message: error.message };
      }
    }),
  );
  return {
    consumers: answers.filter((answer) => 'consumerId' in answer),
    refused: answers.filter((answer) => 'code' in answer),
  };
}

async function consumeOne(viewer: Viewer, wanted: Wanted, pipes: Pipes): Promise<OneConsumed> {
  const { room, peer, transport, rtpCapabilities } = viewer;
  const { producerId } = wanted;
  const source = await findSource(viewer, wanted, pipes);
  const { router } = peer.router;
  await asked('producers', () => room.routers.bring(producerId, source.router, peer.router));
  if (!router.canConsume({ producerId, rtpCapabilities })) {
    throw new BadInputError('rtpCapabilities', 'have no codec in common with the track');
  }
  const consumer = await asked('rtpCapabilities', () =>
    transport.consume({ producerId, rtpCapabilities, paused: true }),
  );
  if (consumer.closed) throw new NotFoundError('producer', producerId); // it ended meanwhile
  keep(room, peer, consumer);
  source.keepFor(consumer);
  return {
    consumerId: consumer.id,
    producerId,
    kind: consumer.kind,
    type: consumer.type,
    rtpParameters: presentRtpParameters(consumer.rtpParameters),
    isProducerPaused: consumer.producerPaused,
  };
}

async function findSource({ room, peer }: Viewer, { producerId, home }: Wanted, pipes: Pipes): Promise<ProducerSource> {
  if (home && !pipes.isHere(home)) return pipes.bring(room, peer.router, producerId, home);
  const sender = room.senderOf(producerId);
  if (!sender) throw new NotFoundError('producer', producerId);
  return { router: sender.router, keepFor: () => undefined };
}

function keep(room: Room, peer: Peer, consumer: types.Consumer): void {
  peer.consumers.set(consumer.id, consumer);
  room.routers.count(peer.router, 1);
  consumer.observer.once('close', () => {
    peer.consumers.delete(consumer.id);
    room.routers.count(peer.router, -1);
  });
}
