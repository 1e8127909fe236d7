import { createIdentityHeaders } from '@terakoya/common/auth';
import { createDatabase } from '@terakoya/common/database';
import { createSubgraphHost } from '@terakoya/common/graphql';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createMediaNodes } from '@terakoya/common/media-nodes';
import { createRelay } from '@terakoya/common/outbox';
import { createOutcomeConsumer, createQueues } from '@terakoya/common/queue';
import { createStorage } from '@terakoya/common/storage';
import { consumeEvents, createEventLog } from '@terakoya/common/streams';

import { migrations } from '../migrations';
import { SeatEntity } from './breakout/seat.entity';
import { CaptionEntity } from './caption/caption.entity';
import { MessageEntity } from './chat/message.entity';
import { ClassMemberEntity } from './class-member/class-member.entity';
import type { MeetingsConfig } from './config';
import { createMeetingsContext } from './context';
import { RoomEntity } from './media/room.entity';
import { TrackEntity } from './media/track.entity';
import { MeetingEntity } from './meeting/meeting.entity';
import { NotesEntity } from './notes/notes.entity';
import { ParticipantEntity } from './participant/participant.entity';
import { PollEntity } from './poll/poll.entity';
import { ChapterEntity, RecordingEntity } from './recording/recording.entity';
import { createMeetingsSchema } from './schema';
import { createServices } from './services';
import { StrokeEntity } from './whiteboard/stroke.entity';

const SCHEMA = 'meetings';
/** How often it is looked which media nodes live. */
const WATCH_MS = 500;
/** How often it is looked for participants who are gone, breakout rooms whose time is up, votes that are to be told of, and recordings. */
const SWEEP_MS = 1_000;

const ENTITIES = [
  CaptionEntity,
  ChapterEntity,
  ClassMemberEntity,
  MeetingEntity,
  MessageEntity,
  NotesEntity,
  ParticipantEntity,
  PollEntity,
  RecordingEntity,
  RoomEntity,
  SeatEntity,
  StrokeEntity,
  TrackEntity,
];

/** Meetings, who is in them, and the signalling of their media. */
export function createMeetings(config: MeetingsConfig, overrides: { readonly logger?: Logger } = {}): Service {
  const logger = overrides.logger ?? createLogger(SCHEMA, config.LOG_LEVEL);
  const redis = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  return createService(async (opened) => {
    const database = opened(
      createDatabase({
        url: config.DATABASE_URL,
        schema: SCHEMA,
        entities: ENTITIES,
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

    const absenceMs = config.MEETING_ABSENCE_SECONDS * 1_000;
    opened(every(SWEEP_MS, logger, () => participants.sweep(new Date(Date.now() - absenceMs))));
    opened(every(SWEEP_MS, logger, () => services.breakouts.closeDue()));
    opened(every(SWEEP_MS, logger, () => services.polls.tellVotes()));
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
