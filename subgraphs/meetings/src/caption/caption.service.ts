import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, idCursor, pagesOf } from '@terakoya/common/database';
import { BadInputError, ForbiddenError } from '@terakoya/common/errors';

import type { MeetingWork } from '../meeting/meeting-work';
import { onlyVisible } from '../meeting/visible-meetings';
import type { RateLimit } from '../rate-limit';
import { tellMeeting } from '../telling';
import type { CaptionEntity } from './caption.entity';
import { canCaption, canonicalLanguage } from './caption.policy';
import { captionRepository } from './caption.repository';

export interface Spoken {
  readonly text: string;
  readonly language: string;
  readonly isFinal: boolean;
}

/** What is said in meetings as text, from whatever makes text of speech. */
export class CaptionService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly limit: RateLimit,
  ) {}

  /** Tells everybody what one says, and keeps it when it is final; gives what is kept. FORBIDDEN, RATE_LIMITED. */
  async send(viewer: Viewer | null, meetingId: string, spoken: Spoken): Promise<CaptionEntity | null> {
    const language = canonicalLanguage(spoken.language);
    if (language === null) throw new BadInputError('language', 'must be a BCP 47 language tag');
    this.limit.count(requireViewer(viewer).userId);
    return this.work.asPresent(viewer, meetingId, async ({ manager, me, permissions }) => {
      if (!canCaption(permissions)) throw new ForbiddenError('You may not speak in this meeting.');
      const said = { participantId: me.id, text: spoken.text, language };
      const caption = spoken.isFinal ? { id: uuid(), meetingId, ...said, spokenAt: new Date() } : null;
      if (caption) await captionRepository.insert(manager, caption);
      await tellMeeting(manager, meetingId, 'CAPTION', { ...said, captionId: caption?.id ?? null });
      return caption;
    });
  }

  /** Those of the captions whose meeting the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<CaptionEntity[]> {
    const { manager } = this.database;
    return onlyVisible(manager, viewer, await captionRepository.findByIds(manager, ids));
  }

  /** What was said in each meeting, in the order of speaking. */
  async listMany(meetingIds: readonly string[], { first, after }: PageRequest): Promise<Page<CaptionEntity>[]> {
    const part = { first, after: idCursor(after) };
    const rows = await captionRepository.listMany(this.database.manager, meetingIds, part);
    return pagesOf(meetingIds, rows, { first, parentOf: ({ meetingId }) => meetingId, keyOf: (one) => [one.id] });
  }
}
