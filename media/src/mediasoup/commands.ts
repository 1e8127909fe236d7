import { type MediaPeer, type MediaRoom, mediaCommands as told } from '@terakoya/common/contracts';
import { NotFoundError, UnavailableError } from '@terakoya/common/errors';

import { type CommandHandler, on } from '../control/command-handler';
import type { Rooms } from '../rooms/rooms';
import type { NodePresence } from '../presence/node-presence';
import { consumeAll } from './consuming';
import { asked } from './failures';
import type { ProducerFacts } from './peer';
import type { Pipes } from './pipes';
import { presentCapabilities, toRtpCapabilities, toRtpParameters } from './present';
import { measurePeer } from './quality';
import type { Room } from './room';

const done = {};

/** Everything a node does on command. */
export function createCommands(rooms: Rooms<Room>, pipes: Pipes, presence: NodePresence): CommandHandler[] {
  return [
    ...roomCommands(rooms, presence),
    ...transportCommands(rooms),
    ...producerCommands(rooms),
    ...consumerCommands(rooms, pipes),
  ];
}

function find(rooms: Rooms<Room>, given: { readonly room: MediaRoom; readonly peer: MediaPeer }) {
  const room = rooms.get(given.room);
  const peer = room.peer(given.peer);
  peer.showLife();
  return { room, peer };
}

function roomCommands(rooms: Rooms<Room>, presence: NodePresence): CommandHandler[] {
  return [
    on(told.joinRoom, async ({ room: id, peer, directions }) => {
      if (presence.isDraining && !rooms.find(id)?.has(peer)) throw new UnavailableError('This node is being drained.');
      const room = rooms.open(id);
      const transports = await room.join(peer, directions);
      const { router } = room.peer(peer).router;
      return { routerRtpCapabilities: presentCapabilities(router.rtpCapabilities), transports };
    }),
    on(told.stayInRoom, async (given) => {
      find(rooms, given);
      return done;
    }),
    on(told.leaveRoom, async ({ room, peer }) => {
      rooms.find(room)?.leave(peer);
      return done;
    }),
    on(told.closeRoom, async ({ room }) => {
      rooms.close(room);
      return done;
    }),
    on(told.measureQuality, async ({ room, participantIds }) => {
      const wanted = new Set(participantIds);
      const peers = [...rooms.get(room).peers].filter(({ id }) => wanted.has(id.participantId));
      const participants = [];
      // One after the other: the worker hands packets on in between.
      for (const peer of peers) participants.push(await measurePeer(peer));
      return { participants };
    }),
  ];
}

function transportCommands(rooms: Rooms<Room>): CommandHandler[] {
  return [
    on(told.openTransport, async ({ direction, ...given }) => {
      const { room, peer } = find(rooms, given);
      return room.openTransport(peer, direction);
    }),
    on(told.connectTransport, async ({ transportId, dtlsParameters, ...given }) => {
      const { peer } = find(rooms, given);
      await asked('dtlsParameters', () => peer.connect(transportId, dtlsParameters));
      return done;
    }),
    on(told.restartIce, async ({ transportId, ...given }) => {
      const transport = find(rooms, given).peer.webRtcTransport(transportId);
      return { iceParameters: await asked('transportId', () => transport.restartIce()) };
    }),
    on(told.produceData, async ({ transportId, label, sctpStreamParameters, ...given }) => {
      const { room, peer } = find(rooms, given);
      const transport = peer.transport(transportId, 'SEND');
      return peer.oneMore('dataProducers', async () => {
        const options = { label, sctpStreamParameters };
        const producer = await asked('sctpStreamParameters', () => transport.produceData(options));
        peer.dataProducers.set(producer.id, producer);
        producer.observer.once('close', () => {
          peer.dataProducers.delete(producer.id);
          room.routers.forget(producer.id);
        });
        return { dataProducerId: producer.id };
      });
    }),
    on(told.consumeData, async ({ transportId, dataProducerId, ...given }) => {
      const { room, peer } = find(rooms, given);
      const sender = room.senderOf(dataProducerId, 'dataProducers');
      if (!sender) throw new NotFoundError('data producer', dataProducerId);
      const transport = peer.transport(transportId, 'RECEIVE');
      await asked('dataProducerId', () => room.routers.bringData(dataProducerId, sender.router, peer.router));
      const consumer = await asked('dataProducerId', () => transport.consumeData({ dataProducerId }));
      const { id: dataConsumerId, label, sctpStreamParameters = null } = consumer;
      return { dataConsumerId, label, sctpStreamParameters };
    }),
  ];
}

function producerCommands(rooms: Rooms<Room>): CommandHandler[] {
  return [
    on(told.produce, async ({ transportId, kind, source, rtpParameters, isPaused, ...given }) => {
      const { room, peer } = find(rooms, given);
      const transport = peer.transport(transportId, 'SEND');
      const options = {
        kind,
        rtpParameters: toRtpParameters(rtpParameters),
        paused: isPaused,
        appData: { source },
      };
      return peer.oneMore('producers', async () => {
        const producer = await asked('rtpParameters', () => transport.produce<ProducerFacts>(options));
        await room.addProducer(peer, producer);
        return { producerId: producer.id };
      });
    }),
    on(told.setProducerPaused, async ({ producerId, isPaused, ...given }) => {
      const producer = find(rooms, given).peer.producer(producerId);
      await asked('producerId', () => (isPaused ? producer.pause() : producer.resume()));
      return done;
    }),
    on(told.closeProducer, async ({ producerId, ...given }) => {
      const { peer } = find(rooms, given);
      const producer = peer.producer(producerId);
      peer.producers.delete(producerId); // so that its end is no loss
      producer.close();
      return done;
    }),
  ];
}

function consumerCommands(rooms: Rooms<Room>, pipes: Pipes): CommandHandler[] {
  return [
    on(told.consume, async ({ transportId, rtpCapabilities: given, producers, ...ids }) => {
      const { room, peer } = find(rooms, ids);
      const transport = peer.transport(transportId, 'RECEIVE');
      return consumeAll({ room, peer, transport, rtpCapabilities: toRtpCapabilities(given) }, producers, pipes);
    }),
    on(told.setConsumersPaused, async ({ consumerIds, isPaused, ...given }) => {
      const { consumers } = find(rooms, given).peer;
      const present = consumerIds.flatMap((id) => consumers.get(id) ?? []);
      await asked('consumerIds', () =>
        Promise.all(present.map((consumer) => (isPaused ? consumer.pause() : consumer.resume()))),
      );
      return done;
    }),
    on(told.closeConsumers, async ({ consumerIds, ...given }) => {
      const { consumers } = find(rooms, given).peer;
      for (const id of consumerIds) consumers.get(id)?.close();
      return done;
    }),
    on(told.setPreferredLayers, async ({ consumerId, spatialLayer, temporalLayer, ...given }) => {
      const consumer = find(rooms, given).peer.consumer(consumerId);
      const layers = temporalLayer === null ? { spatialLayer } : { spatialLayer, temporalLayer };
      await asked('spatialLayer', () => consumer.setPreferredLayers(layers));
      return done;
    }),
    on(told.setConsumerPriority, async ({ consumerId, priority, ...given }) => {
      const consumer = find(rooms, given).peer.consumer(consumerId);
      await asked('priority', () => consumer.setPriority(priority));
      return done;
    }),
    on(told.requestKeyFrame, async ({ consumerId, ...given }) => {
      const consumer = find(rooms, given).peer.consumer(consumerId);
      await asked('consumerId', () => consumer.requestKeyFrame());
      return done;
    }),
  ];
}
