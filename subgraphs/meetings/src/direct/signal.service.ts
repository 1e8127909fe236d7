import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { ConflictError, NotFoundError } from '@terakoya/common/errors';

import type { MeetingWork } from '../meeting/meeting-work';
import { participantRepository } from '../participant/participant.repository';
import type { RateLimit } from '../rate-limit';
import { tellParticipant } from '../telling';
import { isDirectCall } from './direct.policy';

/** What two participants tell each other to have their media go directly, while no media node can be reached. */
export class SignalService {
  constructor(
    private readonly work: MeetingWork,
    private readonly signals: RateLimit,
  ) {}

  /**
   * Tells the other one something; nobody else hears of it, and it is nowhere logged. NOT_FOUND for who is not present,
   * CONFLICT when the call is no longer direct, RATE_LIMITED.
   */
  async send(viewer: Viewer | null, meetingId: string, toId: string, signal: string): Promise<void> {
    this.signals.count(requireViewer(viewer).userId);
    await this.work.asPresent(viewer, meetingId, async ({ manager, me }) => {
      const present = await participantRepository.inState(manager, meetingId, 'PRESENT');
      const to = present.find(({ id }) => id === toId && id !== me.id);
      if (!to) throw new NotFoundError('participant', toId);
      if (!isDirectCall(present)) throw new ConflictError('This is no direct call any more: join the meeting again.');
      await tellParticipant(manager, to, 'SIGNAL', { fromId: me.id, signal });
    });
  }
}
