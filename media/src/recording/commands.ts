import { type MediaRoom, startRecording, stopRecording } from '@terakoya/common/contracts';

import { type CommandHandler, on } from '../control/command-handler';
import type { Recordings } from './recordings';
import type { RecordableRoom } from './track-source';

/** What a node does on command about recordings. `roomOf` throws NOT_FOUND for a room that is not there. */
export function createRecordingCommands(
  recordings: Recordings,
  roomOf: (id: MediaRoom) => RecordableRoom,
): CommandHandler[] {
  return [
    on(startRecording, async ({ room, recordingId, keyPrefix }) => {
      const { startedAt } = await recordings.start(roomOf(room), recordingId, keyPrefix);
      return { startedAt };
    }),
    on(stopRecording, async ({ room, recordingId }) => ({
      stoppedAt: await recordings.get(room, recordingId).stop(),
    })),
  ];
}
