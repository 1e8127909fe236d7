import { v7 as uuid } from 'uuid';
import type { z } from 'zod';

import {
  type EventContract,
  type MediaRoom,
  nodeDraining,
  peerLost,
  producerLost,
  roomLost,
  speakerChanged,
} from '@terakoya/common/contracts';
import type { Logger } from '@terakoya/common/logging';
import type { EventLog } from '@terakoya/common/streams';
import { counter, currentTraceparent, histogram } from '@terakoya/common/telemetry';

import type { RoomListener } from './mediasoup/room';

/**
 * The business events of a media node: each a count and a log line with ids, and what others must know goes to the event
 * log. A node has no outbox: what cannot be written is logged and lost, as the room itself would be.
 */
export function createMediaEvents(nodeId: string, log: Pick<EventLog, 'append'>, logger: Logger) {
  const happened = counter('terakoya_media_events_total', 'Events of media nodes by kind.', ['kind']);
  const commands = counter('terakoya_media_commands_total', 'Commands by name and outcome.', ['command', 'code']);
  const took = histogram('terakoya_media_command_seconds', 'Commands by name and outcome.', ['command', 'code']);
  const deaths = counter('terakoya_media_worker_deaths_total', 'Workers that ended by themselves.');
  const count = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  const tell = <P extends z.ZodType>(contract: EventContract<P>, aggregateId: string, facts: object): void => {
    count(contract.name, facts);
    const { name, domain } = contract;
    const payload = contract.payload.parse({ nodeId, ...facts });
    const event = { id: uuid(), name, domain, aggregateId, payload, isReplayed: false };
    log
      .append([{ ...event, traceparent: currentTraceparent(), occurredAt: Date.now() }])
      .catch((error: unknown) => logger.error({ err: error, event: name }, 'an event could not be told'));
  };
  const tellOf = <P extends z.ZodType>(contract: EventContract<P>, room: MediaRoom, facts: object): void =>
    tell(contract, room.meetingId, { room, ...facts });
  const listener: RoomListener = {
    lost: (room) => tellOf(roomLost, room, {}),
    peerLost: (room, peer) => tellOf(peerLost, room, { peer }),
    producerLost: (room, peer, producerId) => tellOf(producerLost, room, { peer, producerId }),
    speakerChanged: (room, participantId) => tellOf(speakerChanged, room, { participantId }),
  };
  return {
    listener,
    draining: () => tell(nodeDraining, nodeId, {}),
    workerDied: (pid: number): void => {
      deaths.inc();
      count('media-worker-died', { pid });
    },
    commanded: (command: string, code: string, seconds: number): void => {
      commands.inc({ command, code });
      took.observe({ command, code }, seconds);
    },
  };
}
