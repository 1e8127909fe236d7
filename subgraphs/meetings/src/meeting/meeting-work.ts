import { type Viewer, requireViewer } from '@terakoya/common/auth';
import type { Database, EntityManager } from '@terakoya/common/database';
import { ConflictError, ForbiddenError, NotFoundError } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import type { MediaControl } from '@terakoya/common/media-control';

import { type Effect, apply } from '../media/effects';
import type { ParticipantEntity } from '../participant/participant.entity';
import { participantRepository } from '../participant/participant.repository';
import { type Permissions, permissionsOf } from '../participant/permissions.policy';
import type { MeetingEntity } from './meeting.entity';
import { meetingRepository } from './meeting.repository';

/** A change of one meeting under its lock. */
export interface Scope {
  readonly manager: EntityManager;
  readonly meeting: MeetingEntity;
  /** Tells media nodes something once the change is committed. */
  readonly after: (...effects: readonly Effect[]) => void;
}

/** The same for somebody who is in the meeting. */
export interface PresentScope extends Scope {
  readonly me: ParticipantEntity;
  readonly permissions: Permissions;
}

/** Runs changes of meetings: each in one transaction that holds the meeting's lock. */
export class MeetingWork {
  constructor(
    private readonly database: Database,
    private readonly media: MediaControl,
    private readonly logger: Logger,
  ) {}

  /** NOT_FOUND when there is no such meeting. */
  async run<T>(meetingId: string, work: (scope: Scope) => Promise<T>): Promise<T> {
    let effects: Effect[] = [];
    const result = await this.database.transaction(async (manager) => {
      effects = []; // the transaction may be tried again
      const meeting = await meetingRepository.lock(manager, meetingId);
      if (!meeting) throw new NotFoundError('meeting', meetingId);
      return work({ manager, meeting, after: (...more) => void effects.push(...more) });
    });
    await apply(effects, this.media, this.logger);
    return result;
  }

  /** For those who are in a meeting that goes on: NOT_FOUND for others, CONFLICT when it is over. */
  asPresent<T>(viewer: Viewer | null, meetingId: string, work: (scope: PresentScope) => Promise<T>): Promise<T> {
    const { userId } = requireViewer(viewer);
    return this.run(meetingId, async (scope) => {
      const me = await participantRepository.ofUser(scope.manager, meetingId, userId);
      if (scope.meeting.endedAt && me) throw new ConflictError('The meeting is over.');
      if (me?.state !== 'PRESENT') throw new NotFoundError('meeting', meetingId);
      return work({ ...scope, me, permissions: permissionsOf(me, scope.meeting.policy) });
    });
  }

  /** For moderators who are in the meeting: FORBIDDEN for others who are. */
  asModerator<T>(viewer: Viewer | null, meetingId: string, work: (scope: PresentScope) => Promise<T>): Promise<T> {
    return this.asPresent(viewer, meetingId, (scope) => {
      if (!scope.permissions.mayModerate) throw new ForbiddenError('Only moderators of the meeting may do this.');
      return work(scope);
    });
  }
}
