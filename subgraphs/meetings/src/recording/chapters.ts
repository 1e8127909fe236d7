import { v7 as uuid } from 'uuid';

import type { EntityManager } from '@terakoya/common/database';

import { recordingRepository } from './recording.repository';

export const MOST_CHAPTERS = 500;

/** Begins a chapter in the recording that runs in a meeting; without one, or with too many chapters, it does nothing. */
export async function beginChapter(manager: EntityManager, meetingId: string, title: string): Promise<boolean> {
  const running = await recordingRepository.running(manager, meetingId);
  if (!running || (await recordingRepository.countChapters(manager, running.id)) >= MOST_CHAPTERS) return false;
  await recordingRepository.addChapter(manager, { id: uuid(), recordingId: running.id, beginsAt: new Date(), title });
  return true;
}
