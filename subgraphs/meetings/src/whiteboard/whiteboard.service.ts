import { v7 as uuid } from 'uuid';
import { z } from 'zod';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { type Database, type Page, type PageRequest, parseCursor, pagesOf } from '@terakoya/common/database';
import { BadInputError, ForbiddenError, LimitExceededError } from '@terakoya/common/errors';

import type { MeetingWork } from '../meeting/meeting-work';
import { onlyVisible } from '../meeting/visible-meetings';
import type { RateLimit } from '../rate-limit';
import { tellMeeting } from '../telling';
import type { StrokeEntity } from './stroke.entity';
import { canDraw, wrongPoints } from './stroke.policy';
import { strokeRepository } from './stroke.repository';

export type NewStroke = Pick<StrokeEntity, 'points' | 'color' | 'width'>;

/** Most strokes of one meeting, those that were taken back included. */
const MOST_KEPT = 20_000;

/** The whiteboard of each meeting: a log of strokes to which everybody adds. */
export class WhiteboardService {
  constructor(
    private readonly database: Database,
    private readonly work: MeetingWork,
    private readonly limit: RateLimit,
  ) {}

  /** Draws; FORBIDDEN for who may not, LIMIT_EXCEEDED when the board is full, RATE_LIMITED. */
  async draw(viewer: Viewer | null, meetingId: string, drawn: readonly NewStroke[]): Promise<StrokeEntity[]> {
    this.limit.count(requireViewer(viewer).userId);
    for (const { points } of drawn) {
      const rule = wrongPoints(points);
      if (rule) throw new BadInputError('points', rule);
    }
    return this.work.asPresent(viewer, meetingId, async ({ manager, me, permissions }) => {
      if (!canDraw(permissions)) throw new ForbiddenError('You may not draw in this meeting.');
      const last = await strokeRepository.lastNumber(manager, meetingId);
      if (last + drawn.length > MOST_KEPT) {
        throw new LimitExceededError(`A whiteboard takes at most ${MOST_KEPT} strokes.`, { maximum: MOST_KEPT });
      }
      const drawnAt = new Date();
      const strokes = drawn.map(({ points, color, width }, index) => {
        const place = { id: uuid(), meetingId, participantId: me.id, number: last + 1 + index };
        return { ...place, points, color: color.toLowerCase(), width, drawnAt, erasedAt: null };
      });
      await strokeRepository.insert(manager, strokes);
      const strokeIds = strokes.map(({ id }) => id);
      await tellMeeting(manager, meetingId, 'WHITEBOARD_CHANGED', { participantId: me.id, strokeIds });
      return strokes;
    });
  }

  /** Takes back one's own last stroke; null when none stands. */
  async undo(viewer: Viewer | null, meetingId: string): Promise<StrokeEntity | null> {
    this.limit.count(requireViewer(viewer).userId);
    return this.work.asPresent(viewer, meetingId, async ({ manager, me }) => {
      const stroke = await strokeRepository.lastOf(manager, meetingId, me.id);
      if (!stroke) return null;
      const erasedAt = new Date();
      await strokeRepository.erase(manager, stroke.id, erasedAt);
      const concerns = { participantId: me.id, strokeIds: [stroke.id] };
      await tellMeeting(manager, meetingId, 'WHITEBOARD_CHANGED', concerns);
      return { ...stroke, erasedAt };
    });
  }

  /** Takes back every stroke; gives how many stood. */
  clear(viewer: Viewer | null, meetingId: string): Promise<number> {
    return this.work.asModerator(viewer, meetingId, async ({ manager, me }) => {
      const erased = await strokeRepository.eraseAll(manager, meetingId, new Date());
      if (erased > 0) await tellMeeting(manager, meetingId, 'WHITEBOARD_CHANGED', { participantId: me.id });
      return erased;
    });
  }

  /** Those of the strokes whose meeting the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<StrokeEntity[]> {
    const { manager } = this.database;
    return onlyVisible(manager, viewer, await strokeRepository.findByIds(manager, ids));
  }

  /** What stands on each meeting's board, in the order of drawing. */
  async listMany(meetingIds: readonly string[], { first, after }: PageRequest): Promise<Page<StrokeEntity>[]> {
    const [number] = parseCursor(after, z.tuple([z.int().min(0).max(MOST_KEPT)])) ?? [];
    const rows = await strokeRepository.listMany(this.database.manager, meetingIds, { first, after: number });
    return pagesOf(meetingIds, rows, { first, parentOf: ({ meetingId }) => meetingId, keyOf: (one) => [one.number] });
  }
}
