import { type EntityManager, In, LessThanOrEqual } from 'typeorm';

import type { RecordedSegment } from '@terakoya/common/contracts';
import { possibleIds } from '@terakoya/common/database';

import { type ListPart, listByParents } from '../lists.repository';
import { ChapterEntity, RecordingEntity } from './recording.entity';

/** Recordings, their segments and chapters in the database. */
export const recordingRepository = {
  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<RecordingEntity[]> =>
    manager.findBy(RecordingEntity, { id: In(possibleIds(ids)) }),

  find: (manager: EntityManager, id: string): Promise<RecordingEntity | null> =>
    manager.findOneBy(RecordingEntity, { id }),

  /** The one that runs in the meeting. */
  running: (manager: EntityManager, meetingId: string): Promise<RecordingEntity | null> =>
    manager.findOneBy(RecordingEntity, { meetingId, state: 'RECORDING' }),

  runningIn: (manager: EntityManager, meetingIds: readonly string[]): Promise<RecordingEntity[]> =>
    manager.findBy(RecordingEntity, { meetingId: In([...meetingIds]), state: 'RECORDING' }),

  async insert(manager: EntityManager, recording: RecordingEntity): Promise<void> {
    await manager.insert(RecordingEntity, recording);
  },

  async update(manager: EntityManager, id: string, change: Partial<RecordingEntity>): Promise<void> {
    await manager.update(RecordingEntity, { id }, change);
  },

  /** Stopped ones of which everything has come by now. */
  settled: (manager: EntityManager, now: Date, limit: number): Promise<RecordingEntity[]> =>
    manager.find(RecordingEntity, { where: { state: 'STOPPED', settlesAt: LessThanOrEqual(now) }, take: limit }),

  expired: (manager: EntityManager, now: Date, limit: number): Promise<RecordingEntity[]> =>
    manager.find(RecordingEntity, {
      where: { state: In(['READY', 'FAILED']), expiresAt: LessThanOrEqual(now) },
      take: limit,
    }),

  /** The recordings of each meeting, newest first; one more than asked for of each. */
  listMany: (manager: EntityManager, meetingIds: readonly string[], part: ListPart): Promise<RecordingEntity[]> =>
    listByParents(
      manager,
      { entity: RecordingEntity, parent: 'meeting_id', key: 'id', order: 'DESC' },
      meetingIds,
      part,
    ),

  /** A segment that is told of again is the same. */
  async addSegment(manager: EntityManager, recordingId: string, segment: RecordedSegment): Promise<void> {
    await manager.query(
      `INSERT INTO recording_segment (recording_id, track_id, index, segment)
       SELECT $1::uuid, $2, $3, $4 WHERE EXISTS (SELECT FROM recording WHERE id = $1::uuid) ON CONFLICT DO NOTHING`,
      [recordingId, segment.trackId, segment.index, JSON.stringify(segment)],
    );
  },

  /** While segments still come, more may be on their way. */
  async settleLater(manager: EntityManager, recordingId: string, settlesAt: Date): Promise<void> {
    await manager.query(
      "UPDATE recording SET settles_at = greatest(settles_at, $2) WHERE id = $1 AND state = 'STOPPED'",
      [recordingId, settlesAt],
    );
  },

  async segmentsOf(manager: EntityManager, recordingId: string): Promise<RecordedSegment[]> {
    const rows = await manager.query<{ segment: RecordedSegment }[]>(
      'SELECT segment FROM recording_segment WHERE recording_id = $1 ORDER BY track_id, index',
      [recordingId],
    );
    return rows.map(({ segment }) => segment);
  },

  async addChapter(manager: EntityManager, chapter: ChapterEntity): Promise<void> {
    await manager.insert(ChapterEntity, chapter);
  },

  countChapters: (manager: EntityManager, recordingId: string): Promise<number> =>
    manager.countBy(ChapterEntity, { recordingId }),

  chaptersOf: (manager: EntityManager, recordingIds: readonly string[]): Promise<ChapterEntity[]> =>
    manager.find(ChapterEntity, {
      where: { recordingId: In([...recordingIds]) },
      order: { beginsAt: 'ASC', id: 'ASC' },
    }),
};
