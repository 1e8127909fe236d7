import { type MediaRoom, mediaCommands } from '@terakoya/common/contracts';
import { isSchoolError } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import type { MediaControl } from '@terakoya/common/media-control';

import type { RoomEntity } from './room.entity';
import type { TrackEntity } from './track.entity';

/** Something that media nodes are told once a change is committed. */
export type Effect = (media: MediaControl) => Promise<unknown>;

export function roomId({ meetingId, epoch }: Pick<RoomEntity, 'meetingId' | 'epoch'>): MediaRoom {
  return { meetingId, epoch };
}

export function closeRoom(room: RoomEntity): Effect {
  return (media) => media.command(room.controlUrl, mediaCommands.closeRoom, { room: roomId(room) });
}

export function leaveRoom(room: RoomEntity, participantId: string, sessionId: string): Effect {
  const request = { room: roomId(room), peer: { participantId, sessionId } };
  return (media) => media.command(room.controlUrl, mediaCommands.leaveRoom, request);
}

export function closeProducer(room: RoomEntity, track: TrackEntity): Effect {
  return (media) => media.command(room.controlUrl, mediaCommands.closeProducer, ofProducer(room, track));
}

export function pauseProducer(room: RoomEntity, track: TrackEntity, isPaused: boolean): Effect {
  const request = { ...ofProducer(room, track), isPaused };
  return (media) => media.command(room.controlUrl, mediaCommands.setProducerPaused, request);
}

function ofProducer(room: RoomEntity, { id, participantId, sessionId }: TrackEntity) {
  return { room: roomId(room), peer: { participantId, sessionId }, producerId: id };
}

/** What is committed holds even when a node does not hear of it: what it still has, it loses with the session or the room. */
export async function apply(effects: readonly Effect[], media: MediaControl, logger: Logger): Promise<void> {
  await Promise.all(
    effects.map((effect) =>
      effect(media).catch((error: unknown) => {
        if (isSchoolError(error) && error.code === 'NOT_FOUND') return;
        logger.warn({ err: error }, 'a media node was not told of a change');
      }),
    ),
  );
}
