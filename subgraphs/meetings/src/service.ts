import { createIdentityHeaders } from '@terakoya/common/auth';
import { type Database, createDatabase } from '@terakoya/common/database';
import { createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createMediaControl } from '@terakoya/common/media-control';
import { type MediaNodes, createMediaNodes } from '@terakoya/common/media-nodes';
import { createRelay } from '@terakoya/common/outbox';
import { createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { type ObjectStorage, createStorage } from '@terakoya/common/storage';
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
import { QualityService } from './media/quality.service';
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
import { ComposingService } from './recording/composing.service';
import { ChapterEntity, RecordingEntity } from './recording/recording.entity';
import { RecordingService } from './recording/recording.service';
import { createMeetingsSchema } from './schema';

const SCHEMA = 'meetings';
/** How often it is looked which media nodes live. */
const WATCH_MS = 500;
/** How often it is looked which recordings are to be composed or removed. */
const SWEEP_MS = 1_000;
/** A class that comes in at once passes in a second or two; one user who comes more often than every other second does not. */
const GATE = { waiting: 500, waitingMs: 8_000, perUser: 5, windowMs: 10_000 };

/** Meetings, who is in them, and the signalling of their media. */
export function createMeetings(config: MeetingsConfig, overrides: { readonly logger?: Logger } = {}): Service {
  const logger = overrides.logger ?? createLogger(SCHEMA, config.LOG_LEVEL);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: [
          ClassMemberEntity,
          MeetingEntity,
          ParticipantEntity,
          RoomEntity,
          TrackEntity,
          RecordingEntity,
          ChapterEntity,
        ],
        migrations,
        poolSize: config.DATABASE_POOL_SIZE,
      }),
    );
    await database.start();
    const eventLog = opened(createEventLog(redis));
    const queues = opened(createQueues(redis));
    const nodes = opened(createMediaNodes(redis));
    const storage = opened(createStorage(config));
    const { services, classMembers, failover, composing } = createServices(config, {
      database,
      nodes,
      eventLog,
      storage,
      logger,
    });

    const { DATABASE_URL: databaseUrl } = config;
    await opened(createRelay({ databaseUrl, schema: SCHEMA, database, eventLog, queues, logger })).start();
    const outcomes = { owner: SCHEMA, database, handlers: composing.handlers(), logger } as const;
    await opened(createOutcomeConsumer({ ...redis, ...outcomes })).start();
    const { participants, recordings } = services;
    const handlers = [
      ...classMembers.handlers(),
      ...participants.handlers(),
      ...failover.handlers(),
      ...recordings.handlers(),
    ];
    opened(consumeEvents({ log: eventLog, group: SCHEMA, handlers, logger }));
    opened(every(WATCH_MS, logger, async () => failover.watch((await nodes.list()).map(({ id }) => id))));

    opened(every(SWEEP_MS, logger, () => composing.sweep()));

    const host = createSubgraphHost({
      service: SCHEMA,
      host: config.HOST,
      port: config.PORT,
      schema: createMeetingsSchema(services).schema,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      createContext: (viewer, caller) => createMeetingsContext(services, viewer, caller),
      readiness: { database: () => database.ready(), redis: () => eventLog.ready(), storage: () => storage.ready() },
      logger,
    });
    return opened(host).start();
  });
}

interface Backing {
  readonly database: Database;
  readonly nodes: MediaNodes;
  readonly eventLog: EventLog;
  readonly storage: ObjectStorage;
  readonly logger: Logger;
}

function createServices(config: MeetingsConfig, { database, nodes, eventLog, storage, logger }: Backing) {
  const events = createMeetingEvents(logger);
  const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
  const media = createMediaControl({ identityHeaders });
  const work = new MeetingWork(database, media, logger);
  const classMembers = new ClassMemberService(database);
  const meetings = new MeetingService(database, work, classMembers, events);
  const participants = new ParticipantService(database, work, meetings, events);
  classMembers.onChanged = (...change) => participants.onClassRole(...change);
  const failover = new FailoverService(database, work, events);
  const { RECORDING_RETENTION_DAYS: retentionDays } = config;
  const recordings = new RecordingService({ database, work, meetings, media, storage, retentionDays, events, logger });
  const tickets = createTickets(config.MEETING_TICKET_SECRET);
  const placement = new Placement(nodes, config.MEDIA_REGION);
  const gate = new Gate({ ...GATE, atOnce: Math.max(1, Math.floor(config.DATABASE_POOL_SIZE / 2)) });
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
    recordings,
    qualities: new QualityService(database, media, logger),
    tracks: new TrackService(database, participants),
    iceServersOf: createIceServers({
      servers: config.TURN_SERVER,
      secret: config.TURN_SECRET,
      lifetimeSeconds: config.TURN_LIFETIME_SECONDS,
    }),
  };
  const composing = new ComposingService(database, work, storage, events, logger);
  return { services, classMembers, failover, composing };
}
