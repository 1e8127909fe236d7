import { type TaskOutcome, type TaskPayload, composeRecording } from '@terakoya/common/contracts';
import type { Database, EntityManager } from '@terakoya/common/database';
import type { Logger } from '@terakoya/common/logging';
import { enqueue } from '@terakoya/common/outbox';
import { type OutcomeHandler, applyOutcome } from '@terakoya/common/queue';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { MeetingEvents } from '../events';
import type { MeetingWork, Scope } from '../meeting/meeting-work';
import { tellMeeting } from '../telling';
import type { RecordingEntity } from './recording.entity';
import { recordingRepository } from './recording.repository';
import { keyPrefixOf } from './recording.service';

/** Recordings looked at in one round. */
const ROUND = 20;
/** The longest film that is made, as the task allows. */
const LONGEST_MS = 12 * 3_600_000;

const CANCELLED = { code: 'CANCELLED', message: 'The film was not made.' };

type Outcome = TaskOutcome<typeof composeRecording>;

/** Has films made of what media nodes have stored, and removes what has been kept long enough. */
export class ComposingService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly storage: Pick<ObjectStorage, 'deletePrefix'>,
    private readonly events: MeetingEvents,
    private readonly logger: Logger,
  ) {}

  /** One round: what has settled is composed, what has expired is removed. */
  async sweep(): Promise<void> {
    const now = new Date();
    const { manager } = this.database;
    for (const { id, meetingId } of await recordingRepository.settled(manager, now, ROUND)) {
      await this.work.run(meetingId, (scope) => this.#compose(scope, id));
    }
    for (const recording of await recordingRepository.expired(manager, now, ROUND)) await this.#expire(recording);
  }

  handlers(): OutcomeHandler[] {
    return [applyOutcome(composeRecording, (manager, payload, outcome) => this.#composed(manager, payload, outcome))];
  }

  async #compose({ manager, meeting }: Scope, recordingId: string): Promise<void> {
    const recording = await recordingRepository.find(manager, recordingId);
    if (recording?.state !== 'STOPPED' || !recording.stoppedAt) return;
    const segments = await recordingRepository.segmentsOf(manager, recordingId);
    const startedAt = recording.startedAt.getTime();
    const endedAt = Math.min(recording.stoppedAt.getTime(), startedAt + LONGEST_MS);
    if (segments.length === 0 || endedAt <= startedAt) {
      await fail(manager, recording, { code: 'CONFLICT', message: 'Nobody sent anything that could be recorded.' });
      return;
    }
    const chapters = await recordingRepository.chaptersOf(manager, [recordingId]);
    await recordingRepository.update(manager, recordingId, { state: 'COMPOSING' });
    const payload = {
      recordingId,
      startedAt,
      endedAt,
      segments,
      chapters: chapters.map(({ beginsAt, title }) => ({
        atMs: Math.max(0, Math.min(beginsAt.getTime(), endedAt) - startedAt),
        title,
      })),
      outputKey: `${keyPrefixOf(recording)}film.mp4`,
    };
    await enqueue(manager, composeRecording, meeting.id, [payload]);
  }

  async #composed(
    manager: EntityManager,
    { recordingId }: TaskPayload<typeof composeRecording>,
    outcome: Outcome,
  ): Promise<void> {
    const recording = await recordingRepository.find(manager, recordingId);
    if (recording?.state !== 'COMPOSING') return;
    if (outcome.status !== 'succeeded') {
      const error = outcome.status === 'failed' ? outcome.error : CANCELLED;
      await fail(manager, recording, error);
      this.events.recordingFailed(recordingId, error.code);
      return;
    }
    const { key, contentType, size, durationMs } = outcome.result;
    const video = { key, contentType, size, durationMs };
    await recordingRepository.update(manager, recordingId, { state: 'READY', video });
    await tellMeeting(manager, recording.meetingId, 'RECORDING_READY', { recordingId });
    this.events.recordingReady(recordingId, durationMs / 1_000);
  }

  async #expire(recording: RecordingEntity): Promise<void> {
    try {
      await this.storage.deletePrefix(keyPrefixOf(recording));
    } catch (error) {
      this.logger.warn(
        { err: error, recordingId: recording.id },
        'a recording could not be removed; trying again later',
      );
      return;
    }
    await recordingRepository.update(this.database.manager, recording.id, { state: 'EXPIRED', video: null });
  }
}

async function fail(
  manager: EntityManager,
  { id, meetingId }: RecordingEntity,
  error: NonNullable<RecordingEntity['error']>,
): Promise<void> {
  await recordingRepository.update(manager, id, { state: 'FAILED', error });
  await tellMeeting(manager, meetingId, 'RECORDING_FAILED', { recordingId: id });
}
