import { createIdentityHeaders } from '@terakoya/common/auth';
import type { Database } from '@terakoya/common/database';
import type { Logger } from '@terakoya/common/logging';
import { createMediaControl } from '@terakoya/common/media-control';
import type { MediaNodes } from '@terakoya/common/media-nodes';
import type { ObjectStorage } from '@terakoya/common/storage';
import type { EventLog } from '@terakoya/common/streams';

import { BreakoutService } from './breakout/breakout.service';
import { CaptionService } from './caption/caption.service';
import { MessageService } from './chat/message.service';
import { ClassMemberService } from './class-member/class-member.service';
import type { MeetingsConfig } from './config';
import { type MeetingEvents, createMeetingEvents } from './events';
import { SignalService } from './direct/signal.service';
import { FailoverService } from './media/failover.service';
import { MediaSessions } from './media/media-sessions';
import { Placement } from './media/placement';
import { QualityService } from './media/quality.service';
import { SignallingService } from './media/signalling.service';
import { createTickets } from './media/ticket';
import { TrackService } from './media/track.service';
import { createIceServers } from './media/turn';
import { MeetingService } from './meeting/meeting.service';
import { MeetingWork } from './meeting/meeting-work';
import { NotesService } from './notes/notes.service';
import { Gate } from './participant/gate';
import { JoiningService } from './participant/joining.service';
import { ModerationService } from './participant/moderation.service';
import { ParticipantService } from './participant/participant.service';
import { PollService } from './poll/poll.service';
import { type RateLimits, createRateLimits } from './rate-limits';
import { ComposingService } from './recording/composing.service';
import { RecordingService } from './recording/recording.service';
import { WhiteboardService } from './whiteboard/whiteboard.service';

/** A class that comes in at once passes in a second or two; one user who comes twenty times a minute does not. */
const GATE = { waiting: 500, waitingMs: 8_000, perUser: 20, windowMs: 60_000 };

/** What the services stand on. */
interface Backing {
  readonly database: Database;
  readonly nodes: MediaNodes;
  readonly eventLog: EventLog;
  readonly storage: ObjectStorage;
  readonly logger: Logger;
}

/** Every service of meetings, connected to the others it needs. */
export function createServices(config: MeetingsConfig, { database, nodes, eventLog, storage, logger }: Backing) {
  const events = createMeetingEvents(logger);
  const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
  const media = createMediaControl({ identityHeaders });
  const limits = createRateLimits();
  const work = new MeetingWork(database, media, logger);
  const classMembers = new ClassMemberService(database);
  const meetings = new MeetingService(database, work, classMembers, events);
  const tickets = createTickets(config.MEETING_TICKET_SECRET);
  const participants = new ParticipantService(database, work, meetings, tickets, limits.reactions, events);
  classMembers.onChanged = (...change) => participants.onClassRole(...change);
  const failover = new FailoverService(database, work, events);
  const placement = new Placement(nodes, config.MEDIA_REGION);
  const gate = new Gate({ ...GATE, atOnce: Math.max(1, Math.floor(config.DATABASE_POOL_SIZE / 2)) });
  const { RECORDING_RETENTION_DAYS: retentionDays } = config;
  const recordings = new RecordingService({ database, work, media, storage, retentionDays, events, logger });
  const parts = {
    database,
    work,
    media,
    placement,
    failover,
    classMembers,
    recordings,
    tickets,
    gate,
    eventLog,
    events,
  };
  const services = {
    meetings,
    participants,
    joining: new JoiningService(parts),
    moderation: new ModerationService(work, events),
    signalling: new SignallingService(new MediaSessions(database, tickets), work, media),
    signals: new SignalService(work, limits.signals),
    recordings,
    qualities: new QualityService(database, media, logger),
    tracks: new TrackService(database, participants),
    ...createLifeServices({ database, work, limits, events }),
    iceServersOf: createIceServers({
      servers: config.TURN_SERVER,
      secret: config.TURN_SECRET,
      lifetimeSeconds: config.TURN_LIFETIME_SECONDS,
    }),
  };
  const composing = new ComposingService(database, work, storage, events, logger);
  return { services, classMembers, failover, composing };
}

interface LifeParts {
  readonly database: Database;
  readonly work: MeetingWork;
  readonly limits: RateLimits;
  readonly events: MeetingEvents;
}

/** What happens in a meeting besides its media. */
function createLifeServices({ database, work, limits, events }: LifeParts) {
  return {
    messages: new MessageService(database, work, limits.messages),
    polls: new PollService(database, work, limits.votes, events),
    breakouts: new BreakoutService(database, work, limits.messages, events),
    whiteboard: new WhiteboardService(database, work, limits.strokes),
    notes: new NotesService(database, work, limits.notes),
    captions: new CaptionService(database, work, limits.captions),
  };
}

export type LifeServices = ReturnType<typeof createLifeServices>;
export type MeetingsServices = ReturnType<typeof createServices>['services'];
