import { stopRecording } from '@terakoya/common/contracts';

import { roomId } from '../media/effects';
import { roomRepository } from '../media/room.repository';
import type { Scope } from '../meeting/meeting-work';
import { tellMeeting } from '../telling';
import type { RecordingEntity } from './recording.entity';
import { recordingRepository } from './recording.repository';

/** How long segments may still come after the end, in milliseconds: the last one of each track has to be stored. */
const SETTLING_MS = 10_000;

/** Ends the recording that runs in the meeting; null when none does. What the nodes still hold is stored meanwhile. */
export async function stopRunning({ manager, meeting, after }: Scope): Promise<RecordingEntity | null> {
  const running = await recordingRepository.running(manager, meeting.id);
  if (!running) return null;
  const now = Date.now();
  const change = { state: 'STOPPED' as const, stoppedAt: new Date(now), settlesAt: new Date(now + SETTLING_MS) };
  await recordingRepository.update(manager, running.id, change);
  await tellMeeting(manager, meeting.id, 'RECORDING_STOPPED', { recordingId: running.id });
  for (const room of await roomRepository.ofMeeting(manager, meeting.id)) {
    const request = { room: roomId(room), recordingId: running.id };
    after((media) => media.command(room.controlUrl, stopRecording, request));
  }
  return { ...running, ...change };
}
