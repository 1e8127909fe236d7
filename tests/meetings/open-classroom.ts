import { v7 as uuid } from 'uuid';

import { classMemberChanged } from '@terakoya/common/contracts';
import { parseId } from '@terakoya/common/global-ids';
import { closeInReverse } from '@terakoya/common/lifecycle';
import { createEventLog } from '@terakoya/common/streams';
import {
  asViewer,
  createTestDatabase,
  createTestRedis,
  eventually,
  prepareTestRoles,
  temporaryFolder,
  testIdentity,
  testRoleUrl,
} from '@terakoya/common/testkit';

import { mediaConfig } from '../../media/src/config';
import { createMedia } from '../../media/src/service';
import { requireMediasoupWorker } from '../../media/src/worker/require-worker';
import { meetingsConfig } from '../../subgraphs/meetings/src/config';
import { createMeetings } from '../../subgraphs/meetings/src/service';

export type Person = ReturnType<typeof asViewer>;

const SECRET = 'a-secret-of-tests-with-32-characters';

const JOIN = `mutation ($id: ID!) { joinMeeting(input: { meetingId: $id }) {
  participant { id state role permissions { maySpeak mayShareScreen mayModerate } }
  meeting { id title participantCount recording { id } }
  session { ticket routerRtpCapabilities
    sendTransport { transportId iceParameters iceCandidates dtlsParameters }
    receiveTransport { transportId } }
  mode iceServers { urls username credential } } }`;

/** The meetings subgraph with real PostgreSQL and Redis, and as many real media nodes in this process as are opened. */
export async function openClassroom(environment: Record<string, string> = {}) {
  const database = await createTestDatabase();
  await prepareTestRoles(database.url, 'meetings');
  const redis = createTestRedis();
  const folder = temporaryFolder();
  const log = createEventLog(redis);
  const shared = {
    PORT: '0',
    LOG_LEVEL: 'error',
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: redis.prefix,
    IDENTITY_SECRET: testIdentity.secret,
    FILE_STORAGE_DIRECTORY: folder.path,
    FILE_STORAGE_SECRET: SECRET,
  };
  const meetings = createMeetings(
    meetingsConfig.read({
      ...shared,
      DATABASE_URL: testRoleUrl(database.url, 'meetings'),
      MEETING_TICKET_SECRET: SECRET,
      ...environment,
    }),
  );
  const base = `http://127.0.0.1:${(await meetings.start()).port}`;
  const nodes: ReturnType<typeof createMedia>[] = [];

  return {
    base,
    redis,

    /** Starts one more media node; gives the way to end it. */
    async openNode(more: Record<string, string> = {}) {
      const workerBin = await requireMediasoupWorker();
      const options = { MEDIASOUP_WORKERS: '1', MEDIASOUP_WORKER_BIN: workerBin, MEDIA_DRAIN_SECONDS: '0' };
      const node = createMedia(mediaConfig.read({ ...shared, ...options, ...more }));
      await node.start();
      nodes.push(node);
      return node;
    },
    /** Tells that somebody is in a class. */
    async tellMember(classId: string, userId: string, role: 'TEACHER' | 'STUDENT' | 'SUPPORTER' | null) {
      const { name, domain } = classMemberChanged;
      const payload = { classId, userId, role };
      const event = { id: uuid(), name, domain, aggregateId: classId, payload, traceparent: null, isReplayed: false };
      await log.append([{ ...event, occurredAt: Date.now() }]);
    },
    /** A meeting of no class that everybody comes into. */
    async createMeeting(host: Person, policy = '{ hasWaitingRoom: false }'): Promise<string> {
      const made = await host.ask(
        base,
        `mutation { createMeeting(input: { title: "Lesson", policy: ${policy} }) { id } }`,
      );
      return made.data.createMeeting.id;
    },
    join: (person: Person, id: string) => person.ask(base, JOIN, { id }),
    /** Joins once a media node is known. */
    joinWithMedia(person: Person, id: string) {
      return eventually(async () => {
        const { data } = await person.ask(base, JOIN, { id });
        expect(data.joinMeeting.session).not.toBeNull();
        return data.joinMeeting;
      });
    },
    /** What has been told of the meeting, or of one participant: the kinds in their order. */
    async told(meetingId: string): Promise<{ kind: string; participantId: string; name: string }[]> {
      const found: { kind: string; participantId: string; name: string }[] = [];
      const key = parseId(meetingId)?.key;
      await log.readSince('meetings', 0, (batch) => {
        for (const { aggregateId, payload, name } of batch) {
          if (aggregateId !== key) continue;
          found.push({ ...(payload as { kind: string; participantId: string }), name }); // as the contracts say
        }
      });
      return found;
    },
    async close(): Promise<void> {
      await closeInReverse([log, ...nodes, meetings]);
      folder.remove();
      await database.drop();
    },
  };
}

export type Classroom = Awaited<ReturnType<typeof openClassroom>>;
