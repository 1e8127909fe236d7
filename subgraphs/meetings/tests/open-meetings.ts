import { v7 as uuid } from 'uuid';

import { IDENTITY_HEADER, type Identity, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { type EventContract, classMemberChanged } from '@terakoya/common/contracts';
import { encodeId, parseId } from '@terakoya/common/global-ids';
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

import { meetingsConfig } from '../src/config';
import { createMeetings } from '../src/service';

export type Person = ReturnType<typeof asViewer>;
type Role = 'TEACHER' | 'STUDENT' | 'SUPPORTER';

/** An event about a meeting: what everybody in it hears, or one participant alone. */
export interface Told {
  readonly kind: string;
  readonly participantId: string | null;
  readonly text: string | null;
  readonly userId?: string;
  readonly [more: string]: unknown;
}

/** What an id that clients see is inside. */
export function keyOf(id: string): string {
  return parseId(id)?.key ?? '';
}

const SECRET = 'a-secret-of-tests-with-32-characters';
const PARTICIPANT = 'id role state user { id } joinedAt leftAt handRaisedAt';

/** The running meetings subgraph with real PostgreSQL and Redis, and no media node: who joins has no media session. */
export async function openMeetings(environment: Readonly<Record<string, string>> = {}) {
  const database = await createTestDatabase();
  await prepareTestRoles(database.url, 'meetings');
  const redis = createTestRedis();
  const folder = temporaryFolder();
  const config = meetingsConfig.read({
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_URL: testRoleUrl(database.url, 'meetings'),
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: redis.prefix,
    IDENTITY_SECRET: testIdentity.secret,
    MEETING_TICKET_SECRET: SECRET,
    FILE_STORAGE_DIRECTORY: folder.path,
    FILE_STORAGE_SECRET: SECRET,
    ...environment,
  });
  const eventLog = createEventLog(redis);
  let service = createMeetings(config);
  let base = `http://127.0.0.1:${(await service.start()).port}`;
  const headers = createIdentityHeaders(new Secret(testIdentity.secret));

  const append = (contract: EventContract, aggregateId: string, payload: unknown, occurredAt = Date.now()) => {
    const event = { id: uuid(), name: contract.name, domain: contract.domain, aggregateId, payload };
    return eventLog.append([{ ...event, traceparent: null, occurredAt, isReplayed: false }]);
  };
  const ask = (who: Person, query: string, variables: Record<string, unknown> = {}) => who.ask(base, query, variables);

  /** A mutation with one input; gives its data, or fails with what was refused. */
  async function change(who: Person, field: string, type: string, input: object, selection = '') {
    const answer = await ask(who, `mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`, { input });
    return { code: answer.code, errors: answer.errors, value: answer.data?.[field] };
  }

  return {
    ask,
    change,
    databaseUrl: config.DATABASE_URL,

    async metrics(): Promise<string> {
      return (await fetch(`${base}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
    },

    /** Ends the service, does something, and starts another on the same data. */
    async whileAway(work: () => Promise<void>): Promise<void> {
      await service.close();
      await work();
      service = createMeetings(config);
      base = `http://127.0.0.1:${(await service.start()).port}`;
    },

    /** A class with these members, as `classes` tells of it; gives the global id. */
    async makeClass(members: readonly (readonly [Person, Role])[]): Promise<string> {
      const classId = uuid();
      for (const [{ userId }, role] of members) await append(classMemberChanged, classId, { classId, userId, role });
      return encodeId('Class', classId);
    },
    tellMember: (classId: string, { userId }: Person, role: Role | null, occurredAt = Date.now()) =>
      append(classMemberChanged, keyOf(classId), { classId: keyOf(classId), userId, role }, occurredAt),

    async create(who: Person, input: object = {}): Promise<string> {
      const { value } = await change(who, 'createMeeting', 'CreateMeetingInput', { title: 'M', ...input }, '{ id }');
      return value.id;
    },
    join: (who: Person, meetingId: string) =>
      change(
        who,
        'joinMeeting',
        'MeetingInput',
        { meetingId },
        `{ participant { ${PARTICIPANT} } meeting { id } session { ticket } mode }`,
      ),
    /** Joins and gives the participant's id. */
    async enter(who: Person, meetingId: string): Promise<string> {
      const { value, errors } = await this.join(who, meetingId);
      if (value?.participant.state !== 'PRESENT') throw new Error(`did not come in: ${JSON.stringify(errors)}`);
      return value.participant.id;
    },
    leave: (who: Person, meetingId: string) => change(who, 'leaveMeeting', 'MeetingInput', { meetingId }),
    /** A mutation of moderators about one participant; gives the participant. */
    moderate: (who: Person, field: string, meetingId: string, participantId: string) =>
      change(who, field, 'ParticipantInput', { meetingId, participantId }, `{ ${PARTICIPANT} }`),

    /** A meeting of no class without a waiting room, its host in it. */
    async open(host: Person, input: object = {}): Promise<string> {
      const id = await this.create(host, { policy: { hasWaitingRoom: false }, ...input });
      await this.enter(host, id);
      return id;
    },

    /** Fields of a meeting as somebody sees them; null when they may not. */
    async see(who: Person, meetingId: string, selection: string) {
      const { data, code, errors } = await ask(who, `query ($id: ID!) { meeting(id: $id) { ${selection} } }`, {
        id: meetingId,
      });
      return { meeting: data?.meeting ?? null, code, errors };
    },

    /** What was told of a meeting so far, in order. */
    async told(meetingId: string): Promise<Told[]> {
      const found: Told[] = [];
      await eventLog.replay('meetings', `${await eventLog.epoch()}.0-0`, (batch) => {
        for (const { aggregateId, payload } of batch) if (aggregateId === keyOf(meetingId)) found.push(payload as Told);
      });
      return found;
    },
    async kinds(meetingId: string): Promise<string[]> {
      return (await this.told(meetingId)).map(({ kind }) => kind);
    },
    /** Waits until a kind was told so often; gives the last. */
    untilTold(meetingId: string, kind: string, times = 1): Promise<Told> {
      return eventually(async () => {
        const of = (await this.told(meetingId)).filter((one) => one.kind === kind);
        expect(of.length).toBeGreaterThanOrEqual(times);
        const last = of.at(-1);
        if (!last) throw new Error('nothing was told');
        return last;
      });
    },

    /** A query as a service that asks for itself or on somebody's behalf. */
    async askAs(identity: Identity, query: string, variables: Record<string, unknown>) {
      const response = await fetch(`${base}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: headers.sign(identity) },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(20_000),
      });
      return JSON.parse(await response.text());
    },

    async close(): Promise<void> {
      await closeInReverse([eventLog, { close: () => service.close() }]);
      folder.remove();
      await database.drop();
    },
  };
}

/** The nodes of a connection. */
export function nodesOf<T = Record<string, unknown>>(connection: {
  readonly edges: readonly { readonly node: T }[];
}): T[] {
  return connection.edges.map(({ node }) => node);
}
