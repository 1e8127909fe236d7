import { type Viewer, requireViewer } from '@terakoya/common/auth';
import type { Database } from '@terakoya/common/database';
import { ForbiddenError, SchoolError } from '@terakoya/common/errors';

import type { MeetingWork } from '../meeting/meeting-work';
import type { RateLimit } from '../rate-limit';
import { tellMeeting } from '../telling';
import type { NotesEntity } from './notes.entity';
import { canWriteNotes } from './notes.policy';
import { notesRepository } from './notes.repository';

/** The notes that those who are in a meeting write together. */
export class NotesService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly limit: RateLimit,
  ) {}

  /**
   * Replaces the text that was read as `revision`, 0 before the first. CONFLICT, with the present `revision`, when
   * somebody has changed it since: read it, bring both together, try again. FORBIDDEN, RATE_LIMITED.
   */
  async update(viewer: Viewer | null, meetingId: string, text: string, revision: number): Promise<NotesEntity> {
    this.limit.count(requireViewer(viewer).userId);
    return this.work.asPresent(viewer, meetingId, async ({ manager, me, permissions }) => {
      if (!canWriteNotes(permissions)) throw new ForbiddenError('You may not write in this meeting.');
      const present = (await notesRepository.find(manager, meetingId))?.revision ?? 0;
      if (present !== revision) {
        throw new SchoolError('CONFLICT', 'Somebody has changed the notes since you read them.', {
          details: { revision: present },
        });
      }
      const notes = { meetingId, text, revision: present + 1, participantId: me.id, updatedAt: new Date() };
      await notesRepository.save(manager, notes);
      await tellMeeting(manager, meetingId, 'NOTES_CHANGED', { participantId: me.id });
      return notes;
    });
  }

  /** The notes of each meeting that has any. */
  findMany(meetingIds: readonly string[]): Promise<NotesEntity[]> {
    return notesRepository.findMany(this.database.manager, meetingIds);
  }
}
