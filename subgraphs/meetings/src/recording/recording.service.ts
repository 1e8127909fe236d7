import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { recordingSegmentStored, startRecording } from '@terakoya/common/contracts';
import { type Database, type Page, type PageRequest, idCursor, pagesOf } from '@terakoya/common/database';
import { ConflictError, ForbiddenError, NotFoundError, isSchoolError } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import type { MediaControl } from '@terakoya/common/media-control';
import type { ObjectStorage } from '@terakoya/common/storage';
import { type EventHandler, onEvent } from '@terakoya/common/streams';

import { classMemberRepository } from '../class-member/class-member.repository';
import type { MeetingEvents } from '../events';
import { roomId } from '../media/effects';
import type { RoomEntity } from '../media/room.entity';
import { roomRepository } from '../media/room.repository';
import type { MeetingWork, PresentScope, Scope } from '../meeting/meeting-work';
import { onlyVisible } from '../meeting/visible-meetings';
import { tellMeeting } from '../telling';
import { MOST_CHAPTERS, beginChapter } from './chapters';
import type { ChapterEntity, RecordingEntity } from './recording.entity';
import { canRecord } from './recording.policy';
import { recordingRepository } from './recording.repository';
import { stopRunning } from './stopping';

const DOWNLOAD_SECONDS = 15 * 60;
const BROKEN = { code: 'INTERNAL_SERVER_ERROR', message: 'The media node could not begin to record.' } as const;
/** How long after a segment the next one of an ended recording may come. */
const NEXT_SEGMENT_MS = 5_000;
const DAY_MS = 86_400_000;

export interface RecordingParts {
  readonly database: Database;
  readonly work: MeetingWork;
  readonly media: MediaControl;
  readonly storage: Pick<ObjectStorage, 'signDownload'>;
  readonly retentionDays: number;
  readonly events: MeetingEvents;
  readonly logger: Logger;
}

/** Recordings of meetings, as people ask for them. */
export class RecordingService {
  constructor(private readonly parts: RecordingParts) {}

  /** Begins to record; everybody in the meeting hears of it. CONFLICT when one runs already. */
  async start(viewer: Viewer | null, meetingId: string): Promise<RecordingEntity> {
    const { retentionDays, events } = this.parts;
    const { recording, rooms } = await this.#asRecorder(viewer, meetingId, async ({ manager, me }) => {
      if (await recordingRepository.running(manager, meetingId)) throw new ConflictError('A recording runs already.');
      const startedAt = new Date();
      const row: RecordingEntity = {
        id: uuid(),
        meetingId,
        startedBy: me.userId,
        state: 'RECORDING',
        startedAt,
        stoppedAt: null,
        settlesAt: null,
        expiresAt: new Date(startedAt.getTime() + retentionDays * DAY_MS),
        video: null,
        error: null,
      };
      await recordingRepository.insert(manager, row);
      await tellMeeting(manager, meetingId, 'RECORDING_STARTED', { recordingId: row.id });
      return { recording: row, rooms: await roomRepository.ofMeeting(manager, meetingId) };
    });
    await this.#mustBegin(recording, rooms);
    events.recordingStarted(meetingId, recording.id);
    return recording;
  }

  /** Ends it; the film follows. CONFLICT when none runs. */
  stop(viewer: Viewer | null, meetingId: string): Promise<RecordingEntity> {
    return this.#asRecorder(viewer, meetingId, async (scope) => {
      const stopped = await stopRunning(scope);
      if (!stopped) throw new ConflictError('No recording runs.');
      return stopped;
    });
  }

  /** Begins a chapter now. CONFLICT when no recording runs or it has all it may have. */
  async addChapter(viewer: Viewer | null, meetingId: string, title: string): Promise<RecordingEntity> {
    return this.#asRecorder(viewer, meetingId, async ({ manager }) => {
      const running = await recordingRepository.running(manager, meetingId);
      if (!running) throw new ConflictError('No recording runs.');
      if (!(await beginChapter(manager, meetingId, title.trim()))) {
        throw new ConflictError(`A recording has at most ${MOST_CHAPTERS} chapters.`);
      }
      return running;
    });
  }

  /** Has a film that failed made again from what was stored. */
  retry(viewer: Viewer | null, recordingId: string): Promise<RecordingEntity> {
    return this.#asOwner(viewer, recordingId, ['FAILED'], { state: 'STOPPED', settlesAt: new Date(), error: null });
  }

  /** Removes a film before its time. */
  delete(viewer: Viewer | null, recordingId: string): Promise<RecordingEntity> {
    return this.#asOwner(viewer, recordingId, ['READY', 'FAILED'], { expiresAt: new Date() });
  }

  /** A room of the meeting has just been opened, or somebody came to it: if a recording runs, it is recorded too. */
  async continueIn(room: RoomEntity): Promise<void> {
    const running = await recordingRepository.running(this.parts.database.manager, room.meetingId);
    if (!running) return;
    await this.#begin(running, room).catch((error: unknown) => {
      this.parts.logger.error({ err: error, recordingId: running.id }, 'a room is not recorded');
    });
  }

  /** Those of the recordings whose meeting the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<RecordingEntity[]> {
    const { manager } = this.parts.database;
    return onlyVisible(manager, viewer, await recordingRepository.findByIds(manager, ids));
  }

  /** The one that runs in each of the meetings; NOT in order. */
  runningIn(meetingIds: readonly string[]): Promise<RecordingEntity[]> {
    return recordingRepository.runningIn(this.parts.database.manager, meetingIds);
  }

  /** Each meeting's recordings, newest first. */
  async listMany(meetingIds: readonly string[], { first, after }: PageRequest): Promise<Page<RecordingEntity>[]> {
    const { manager } = this.parts.database;
    const rows = await recordingRepository.listMany(manager, meetingIds, { first, after: idCursor(after) });
    return pagesOf(meetingIds, rows, { first, parentOf: ({ meetingId }) => meetingId, keyOf: (one) => [one.id] });
  }

  /** Each recording's chapters in their order. */
  async chaptersOf(recordingIds: readonly string[]): Promise<ChapterEntity[][]> {
    const chapters = await recordingRepository.chaptersOf(this.parts.database.manager, recordingIds);
    const byRecording = Map.groupBy(chapters, ({ recordingId }) => recordingId);
    return recordingIds.map((id) => byRecording.get(id) ?? []);
  }

  /** Where the film can be had for 15 minutes; null when there is none. */
  async urlOf({ video, startedAt }: RecordingEntity): Promise<string | null> {
    if (!video) return null;
    const name = `${startedAt.toISOString().slice(0, 16).replace(':', '-')}.mp4`;
    return (await this.parts.storage.signDownload(video.key, DOWNLOAD_SECONDS, name)).url;
  }

  /** What media nodes store. */
  handlers(): EventHandler[] {
    return [
      onEvent(recordingSegmentStored, async ({ room: _room, nodeId: _nodeId, recordingId, ...segment }) => {
        const { manager } = this.parts.database;
        await recordingRepository.addSegment(manager, recordingId, segment);
        await recordingRepository.settleLater(manager, recordingId, new Date(Date.now() + NEXT_SEGMENT_MS));
      }),
    ];
  }

  /** Where no room can be recorded, the recording is over before it began, and whoever wanted it hears why. */
  async #mustBegin(recording: RecordingEntity, rooms: readonly RoomEntity[]): Promise<void> {
    const begun = await Promise.allSettled(rooms.map((room) => this.#begin(recording, room)));
    const failure = begun.find((one) => one.status === 'rejected');
    if (!failure || begun.some(({ status }) => status === 'fulfilled')) return;
    const reason: unknown = failure.reason;
    await this.parts.work.run(recording.meetingId, async (scope) => {
      const { code, message } = isSchoolError(reason) ? reason : BROKEN;
      const error = { code, message };
      await recordingRepository.update(scope.manager, recording.id, { state: 'FAILED', stoppedAt: new Date(), error });
      await tellMeeting(scope.manager, recording.meetingId, 'RECORDING_FAILED', { recordingId: recording.id });
    });
    throw reason;
  }

  async #begin(recording: RecordingEntity, room: RoomEntity): Promise<void> {
    const request = { room: roomId(room), recordingId: recording.id, keyPrefix: keyPrefixOf(recording) };
    try {
      await this.parts.media.command(room.controlUrl, startRecording, request);
    } catch (error) {
      if (!isSchoolError(error) || error.code !== 'NOT_FOUND') throw error; // nobody is in the room yet: it is told when one comes
    }
  }

  #asRecorder<T>(viewer: Viewer | null, meetingId: string, work: (scope: PresentScope) => Promise<T>): Promise<T> {
    return this.parts.work.asPresent(viewer, meetingId, async (scope) => {
      await mustMayRecord(scope, scope.me.userId);
      return work(scope);
    });
  }

  /** For those who might record the meeting, also after its end. */
  async #asOwner(
    viewer: Viewer | null,
    recordingId: string,
    states: readonly RecordingEntity['state'][],
    change: Partial<RecordingEntity>,
  ): Promise<RecordingEntity> {
    const { userId } = requireViewer(viewer);
    const [seen] = await this.findMany(viewer, [recordingId]);
    if (!seen) throw new NotFoundError('recording', recordingId);
    return this.parts.work.run(seen.meetingId, async (scope) => {
      const { manager } = scope;
      await mustMayRecord(scope, userId);
      const recording = await recordingRepository.find(manager, recordingId);
      if (!recording || !states.includes(recording.state)) {
        throw new ConflictError(`Only a recording that is ${states.join(' or ')} can be changed so.`);
      }
      await recordingRepository.update(manager, recordingId, change);
      return { ...recording, ...change };
    });
  }
}

/** Where everything of a recording lies in the object store. */
export function keyPrefixOf({ meetingId, id }: Pick<RecordingEntity, 'meetingId' | 'id'>): string {
  return `recordings/${meetingId}/${id}/`;
}

async function mustMayRecord({ manager, meeting }: Scope, userId: string): Promise<void> {
  const { classId } = meeting;
  const role = classId === null ? null : await classMemberRepository.roleOf(manager, classId, userId);
  if (canRecord(meeting, userId, role)) return;
  throw new ForbiddenError('Only teachers of the class, or the host of a meeting of no class, record it.');
}
