import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, idCursor, pagesOf } from '@terakoya/common/database';
import { ForbiddenError, NotFoundError } from '@terakoya/common/errors';

import { onlyVisible } from '../meeting/visible-meetings';
import type { MeetingWork } from '../meeting/meeting-work';
import { participantRepository } from '../participant/participant.repository';
import type { RateLimit } from '../rate-limit';
import { tellMeeting } from '../telling';
import type { MessageEntity } from './message.entity';
import { canRemoveMessage } from './message.policy';
import { messageRepository } from './message.repository';

/** What is written in meetings. */
export class MessageService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly limit: RateLimit,
  ) {}

  /** Writes to everybody; FORBIDDEN for who may not write, RATE_LIMITED for who writes too often. */
  async send(viewer: Viewer | null, meetingId: string, text: string): Promise<MessageEntity> {
    this.limit.count(requireViewer(viewer).userId);
    return this.work.asPresent(viewer, meetingId, async ({ manager, me, permissions }) => {
      if (!permissions.mayChat) throw new ForbiddenError('You may not write in this meeting.');
      const message = { id: uuid(), meetingId, participantId: me.id, text, sentAt: new Date(), removedAt: null };
      await messageRepository.insert(manager, message);
      await tellMeeting(manager, meetingId, 'MESSAGE_SENT', { participantId: me.id, messageId: message.id });
      return message;
    });
  }

  /** Takes a message's text away, also after the meeting; removing twice is removing once. */
  async remove(viewer: Viewer | null, messageId: string): Promise<MessageEntity> {
    const { userId } = requireViewer(viewer);
    const [seen] = await this.findMany(viewer, [messageId]);
    if (!seen) throw new NotFoundError('message', messageId);
    const { meetingId } = seen;
    return this.work.run(meetingId, async ({ manager }) => {
      const me = await participantRepository.ofUser(manager, meetingId, userId);
      const message = await messageRepository.find(manager, messageId);
      if (!message) throw new NotFoundError('message', messageId);
      if (!me || !canRemoveMessage(me, message)) throw new ForbiddenError('Only its author and moderators remove it.');
      if (message.removedAt) return message;
      const removedAt = new Date();
      await messageRepository.remove(manager, messageId, removedAt);
      await tellMeeting(manager, meetingId, 'MESSAGE_REMOVED', { participantId: message.participantId, messageId });
      return { ...message, text: null, removedAt };
    });
  }

  /** Those of the messages whose meeting the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<MessageEntity[]> {
    const { manager } = this.database;
    return onlyVisible(manager, viewer, await messageRepository.findByIds(manager, ids));
  }

  /** Of each meeting its messages, newest first. */
  async listMany(meetingIds: readonly string[], { first, after }: PageRequest): Promise<Page<MessageEntity>[]> {
    const part = { first, after: idCursor(after) };
    const rows = await messageRepository.listMany(this.database.manager, meetingIds, part);
    return pagesOf(meetingIds, rows, { first, parentOf: ({ meetingId }) => meetingId, keyOf: (one) => [one.id] });
  }
}
