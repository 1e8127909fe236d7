import { type Viewer, requireViewer } from '@terakoya/common/auth';
import type { MediaPeer, MediaRoom } from '@terakoya/common/contracts';
import type { Database, EntityManager } from '@terakoya/common/database';

import type { MeetingEntity } from '../meeting/meeting.entity';
import { meetingRepository } from '../meeting/meeting.repository';
import type { ParticipantEntity } from '../participant/participant.entity';
import { participantRepository } from '../participant/participant.repository';
import { type Permissions, permissionsOf } from '../participant/permissions.policy';
import { inStep } from '../steps';
import { roomId } from './effects';
import type { RoomEntity } from './room.entity';
import { roomRepository } from './room.repository';
import { type Ticket, type Tickets, mediaMoved, ticketInvalid } from './ticket';

/** A participant's media session that goes on, and how its node is told of it. */
export interface MediaSession {
  readonly ticket: Ticket;
  readonly meeting: MeetingEntity;
  readonly participant: ParticipantEntity;
  readonly permissions: Permissions;
  readonly room: RoomEntity;
  /** What every command of the session begins with. */
  readonly ids: { readonly room: MediaRoom; readonly peer: MediaPeer };
}

/** Finds the media session that a ticket is for. */
export class MediaSessions {
  constructor(
    private readonly database: Database,
    private readonly tickets: Tickets,
  ) {}

  get manager(): EntityManager {
    return this.database.manager;
  }

  /** TICKET_INVALID when the ticket is none of the viewer's or its session is over, MEDIA_MOVED when it went with its node. */
  async of(viewer: Viewer | null, text: string): Promise<MediaSession> {
    const { userId } = requireViewer(viewer);
    return inStep('ticket', async () => this.still(this.database.manager, this.tickets.verify(text, userId)));
  }

  /** The same as it is in a transaction. */
  async still(manager: EntityManager, ticket: Ticket): Promise<MediaSession> {
    const { meetingId, participantId, sessionId, nodeId, epoch } = ticket;
    const meeting = await meetingRepository.find(manager, meetingId);
    const participant = await participantRepository.find(manager, participantId);
    const room = await roomRepository.find(manager, meetingId, nodeId);
    if (!meeting || meeting.endedAt || participant?.state !== 'PRESENT') throw ticketInvalid();
    if (participant.sessionId === null || (participant.sessionId === sessionId && room?.epoch !== epoch)) {
      throw mediaMoved();
    }
    if (participant.sessionId !== sessionId || !room) throw ticketInvalid();
    const permissions = permissionsOf(participant, meeting.policy);
    return {
      ticket,
      meeting,
      participant,
      permissions,
      room,
      ids: { room: roomId(room), peer: { participantId, sessionId } },
    };
  }
}
