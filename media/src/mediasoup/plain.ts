import { openPlainTransport } from '@terakoya/common/contracts';
import { ForbiddenError } from '@terakoya/common/errors';

import { type CommandHandler, on } from '../control/command-handler';
import type { Rooms } from '../rooms/rooms';
import type { Room } from './room';

/** The commands for participants that are no browsers, refused unless the node `isAllowed` to have such. */
export function createPlainCommands(rooms: Rooms<Room>, isAllowed: boolean): CommandHandler[] {
  return [
    on(openPlainTransport, async ({ room: id, peer, direction, remote, srtp }) => {
      if (!isAllowed) throw new ForbiddenError('This node has no plain transports (MEDIA_PLAIN_TRANSPORTS).');
      const room = rooms.get(id);
      const transport = await room.openPlainTransport(room.peer(peer), direction, { remote, srtp });
      const { localAddress, localPort } = transport.tuple;
      return {
        transportId: transport.id,
        direction,
        ip: localAddress,
        port: localPort,
        srtp: transport.srtpParameters ?? null,
      };
    }),
  ];
}
