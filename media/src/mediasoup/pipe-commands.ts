import { pipeCommands as told } from '@terakoya/common/contracts';

import { type CommandHandler, on } from '../control/command-handler';
import type { Rooms } from '../rooms/rooms';
import type { Pipes } from './pipes';
import type { Room } from './room';

const done = {};

/** What other media nodes tell this one. */
export function createPipeCommands(rooms: Rooms<Room>, pipes: Pipes): CommandHandler[] {
  return [
    on(told.openPipe, async ({ pipeId, room, asker, end }) => pipes.accept(pipeId, rooms.get(room), asker, end)),
    on(told.pipeProducer, async ({ pipeId, producerId }) => pipes.outbound(pipeId).pipe(producerId)),
    on(told.closePipe, async ({ pipeId, producerId }) => {
      await pipes.closeFromThere(pipeId, producerId);
      return done;
    }),
    on(told.pipedProducerChanged, async ({ pipeId, producerId, isPaused, isClosed }) => {
      await pipes.inbound(pipeId).change(producerId, isPaused, isClosed);
      return done;
    }),
  ];
}
