import { z } from 'zod';

import { defineEvent } from '../define-event';
import { peerSchema, roomSchema } from '../media/commands';

/**
 * What SFU nodes tell. They have no outbox: a node writes to the event log itself, and what it could not write is lost
 * with it, as the room would be.
 */
const ofRoom = z.object({ room: roomSchema, nodeId: z.string() });

/** A room is gone that nobody closed: its worker died. Its meeting needs another. */
export const roomLost = defineEvent('media.room.lost', ofRoom);

/** A peer's transports have been silent or closed for longer than ICE would need to recover. */
export const peerLost = defineEvent('media.peer.lost', ofRoom.extend({ peer: peerSchema }));

/** A producer ended without anybody asking for it, such as with its transport. */
export const producerLost = defineEvent(
  'media.producer.lost',
  ofRoom.extend({ peer: peerSchema, producerId: z.uuid() }),
);

/** Who speaks most now; null when nobody does. At most one a second and room. */
export const speakerChanged = defineEvent(
  'media.speaker.changed',
  ofRoom.extend({ participantId: z.uuid().nullable() }),
);
