import { createIdentityHeaders } from '@terakoya/common/auth';
import { type Database, createDatabase } from '@terakoya/common/database';
import { createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createMediaControl } from '@terakoya/common/media-control';
import { type MediaNodes, createMediaNodes } from '@terakoya/common/media-nodes';
import { createRelay } from '@terakoya/common/outbox';
import { createQueues } from '@terakoya/common/queue';
import { type EventLog, consumeEvents, createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import { ClassMemberEntity } from './class-member/class-member.entity';
import { ClassMemberService } from './class-member/class-member.service';
import type { MeetingsConfig } from './config';
import { createMeetingsContext } from './context';
import { createMeetingEvents } from './events';
import { FailoverService } from './media/failover.service';
import { MediaSessions } from './media/media-sessions';
import { Placement } from './media/placement';
import { RoomEntity } from './media/room.entity';
import { SignallingService } from './media/signalling.service';
import { createTickets } from './media/ticket';
import { TrackEntity } from './media/track.entity';
import { TrackService } from './media/track.service';
import { createIceServers } from './media/turn';
import { MeetingEntity } from './meeting/meeting.entity';
import { MeetingService } from './meeting/meeting.service';
import { MeetingWork } from './meeting/meeting-work';
import { Gate } from './participant/gate';
import { JoiningService } from './participant/joining.service';
import { ModerationService } from './participant/moderation.service';
import { ParticipantEntity } from './participant/participant.entity';
import { ParticipantService } from './participant/participant.service';
import { createMeetingsSchema } from './schema';

const SCHEMA = 'meetings';
/** How often it is looked which media nodes live. */
const WATCH_MS = 500;
/** A class that comes in at once passes in a second or two; whoever comes more often than every second does not. */
const GATE = { atOnce: 20, waiting: 500, perUser: 10, windowMs: 10_000 };

/** Meetings, who is in them, and the signalling of their media. */
export function createMeetings(config: MeetingsConfig, overrides: { readonly logger?: Logger } = {}): Service {
  const logger = overrides.logger ?? createLogger(SCHEMA, config.LOG_LEVEL);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: [ClassMemberEntity, MeetingEntity, ParticipantEntity, RoomEntity, TrackEntity],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const nodes = opened(createMediaNodes(redis));
    const { services, classMembers, failover } = createServices(config, { database, nodes, eventLog, logger });

    const { DATABASE_URL: databaseUrl } = config;
    await opened(createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger })).start();
    const handlers = [...classMembers.handlers(), ...services.participants.handlers(), ...failover.handlers()];
    opened(consumeEvents({ log: eventLog, group: SCHEMA, handlers, logger }));
    opened(every(WATCH_MS, logger, async () => failover.watch((await nodes.list()).map(({ id }) => id))));

    const host = createSubgraphHost({
      service: SCHEMA,
      host: config.HOST,
      port: config.PORT,
      schema: createMeetingsSchema(services).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer, caller) => createMeetingsContext(services, viewer, caller),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready() },
      logger,
    });
    return opened(host).start();
  });
}

function createServices(
  config: MeetingsConfig,
  {
    database,
    nodes,
    eventLog,
    logger,
  }: {
    readonly database: Database;
    readonly nodes: MediaNodes;
    readonly eventLog: EventLog;
    readonly logger: Logger;
  },
) {
  const events = createMeetingEvents(logger);
  const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
  const media = createMediaControl({ identityHeaders });
  const work = new MeetingWork(database, media, logger);
  const classMembers = new ClassMemberService(database);
  const meetings = new MeetingService(database, work, classMembers, events);
  const participants = new ParticipantService(database, work, meetings, events);
  classMembers.onChanged = (...change) => participants.onClassRole(...change);
  const failover = new FailoverService(database, work, events);
  const tickets = createTickets(config.MEETING_TICKET_SECRET);
  const placement = new Placement(nodes, config.MEDIA_REGION);
  const gate = new Gate(GATE);
  const parts = { database, work, media, placement, failover, classMembers, tickets, gate, eventLog, events };
  const services = {
    meetings,
    participants,
    joining: new JoiningService(parts),
    moderation: new ModerationService(work, events),
    signalling: new SignallingService(new MediaSessions(database, tickets), work, media),
    tracks: new TrackService(database, participants),
    iceServersOf: createIceServers({
      servers: config.TURN_SERVER,
      secret: config.TURN_SECRET,
      lifetimeSeconds: config.TURN_LIFETIME_SECONDS,
    }),
  };
  return { services, classMembers, failover };
}
