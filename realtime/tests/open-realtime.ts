import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Client, createClient } from 'graphql-ws';
import { randomUUID as uuid } from 'node:crypto';
import { WebSocket } from 'ws';

import { type Role, type Viewer, createAccessTokens, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { type EventContract } from '@terakoya/common/contracts';
import { ForbiddenError } from '@terakoya/common/errors';
import { encodeId } from '@terakoya/common/global-ids';
import { createLogger } from '@terakoya/common/logging';
import { createEventLog } from '@terakoya/common/streams';
import { createTestRedis, startSubgraph, testIdentity } from '@terakoya/common/testkit';
import { createExecution, createSubgraphClient } from '@terakoya/gateway/execution';

import { composeSupergraph } from '../../scripts/schema/compose';
import { realtimeConfig } from '../src/config';
import { createRealtime } from '../src/service';
import { startMeetings } from './meetings-subgraph';

const ACCESS_SECRET = 'a-secret-of-tests-with-32-characters';
const REALTIME_SDL = readFileSync(join(__dirname, '..', 'schema.graphql'), 'utf8');
const NOTES = `
  type Query {
    notebook(id: ID!): Notebook
    whoAmI: String
    notebookAudience(notebookId: String!, userIds: [String!]!): [String!]! @inaccessible
  }
  type Mutation { rename(id: ID!): Notebook }
  type Notebook @key(fields: "id") {
    id: ID! @sameForAll
    title: String! @sameForAll
    pages(first: Int! = 1): [Page!]! @sameForAll
    owner: Reader! @sameForAll
    myMark: String
    answers: String
    hints: String @policy(policies: [["teaches"]]) @sameForAll
  }
  type Reader { name: String! @sameForAll secret: String }
  type Page @key(fields: "id") { id: ID! @sameForAll text: String @sameForAll }
  type ImportJob @key(fields: "id") { id: ID! @sameForAll }
`;
const ASSISTANT = `
  type Notebook @key(fields: "id") { id: ID! @sameForAll summary: String @sameForAll }
  type Query { nothing: String }
`;

/** Who may see a notebook, as its owner tells; a test changes it. */
export interface World {
  /** Users who may see each notebook, by its id; who hear of each meeting and participant, by its key. */
  readonly readers: Map<string, Set<string>>;
  /** Holds every answer of `notes` back until it resolves. */
  gate: Promise<void>;
  /** Whom each fetch of notebooks was made for, in order. */
  readonly askedFor: (string | null)[];
}

type Audience = { readonly notebookId: string; readonly userIds: readonly string[] };
type Asker = { readonly viewer: Viewer | null; readonly caller?: unknown };

export async function startNotes(world: World, port = 0) {
  const visible = async (id: string, viewer: Viewer | null) => {
    await world.gate;
    return viewer && world.readers.get(id)?.has(viewer.userId) ? { id, title: `notebook ${id}` } : null;
  };
  const resolvers = {
    Query: {
      whoAmI: (_parent: never, _args: never, { viewer }: Asker) => viewer?.userId,
      notebookAudience: async (_parent: never, { notebookId, userIds }: Audience, { viewer, caller }: Asker) => {
        if (caller !== 'realtime' || viewer) throw new ForbiddenError();
        await world.gate;
        return userIds.filter((userId) => world.readers.get(encodeId('Notebook', notebookId))?.has(userId));
      },
    },
    Mutation: { rename: (_parent: never, { id }: { id: string }) => ({ id, title: 'renamed' }) },
    Notebook: {
      __resolveReference: ({ id }: { id: string }, { viewer }: Asker) => {
        world.askedFor.push(viewer?.userId ?? null);
        return visible(id, viewer);
      },
      pages: ({ id }: { id: string }, { first }: { first: number }) =>
        Array.from({ length: first }, (_, index) => ({ id: `${id}-${index}`, text: `text ${index}` })),
      owner: () => ({ name: 'the owner' }),
      myMark: (_notebook: never, _args: never, { viewer }: Asker) => `mark of ${viewer?.userId}`,
      answers: (_notebook: never, _args: never, { viewer }: Asker) => (viewer?.role === 'TEACHER' ? 'all right' : null),
      hints: () => 'for those who teach',
    },
    Reader: { secret: (_reader: never, _args: never, { viewer }: Asker) => `told to ${viewer?.userId}` },
    Page: { __resolveReference: ({ id }: { id: string }) => ({ id, text: `text of ${id}` }) },
    ImportJob: { __resolveReference: ({ id }: { id: string }) => ({ id }) },
  };
  return startSubgraph('notes', NOTES, resolvers, port);
}

export async function openRealtime(environment: Readonly<Record<string, string>> = {}) {
  const { redisUrl, prefix } = createTestRedis();
  const world: World = { readers: new Map(), gate: Promise.resolve(), askedFor: [] };
  const notes = await startNotes(world);
  const assistant = await startSubgraph('assistant', ASSISTANT, {
    Notebook: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      summary: ({ id }: { id: string }) => `summary of ${id}`,
    },
  });
  const meetings = await startMeetings((key, userId) => world.readers.get(key)?.has(userId) ?? false);
  const config = realtimeConfig.read({
    PORT: '0',
    LOG_LEVEL: 'silent',
    REDIS_URL: redisUrl,
    REDIS_PREFIX: prefix,
    ACCESS_TOKEN_SECRET: ACCESS_SECRET,
    IDENTITY_SECRET: testIdentity.secret,
    ...environment,
  });
  const client = createSubgraphClient({
    urls: new Map([notes, assistant, meetings].map(({ name, url }) => [name, url])),
    identityHeaders: createIdentityHeaders(new Secret(testIdentity.secret)),
    caller: 'realtime',
    timeoutMs: 5_000,
    maxResponseBytes: 1_000_000,
    connections: 8,
    maxPending: 100,
  });
  const execution = createExecution({
    supergraphSdl: composeSupergraph([
      notes,
      assistant,
      meetings,
      { name: 'realtime', url: 'http://127.0.0.1:1/graphql', sdl: REALTIME_SDL },
    ]),
    client,
    limits: { tokens: 1000, depth: 8, aliases: 10, rootFields: 5, fields: 100 },
    introspection: true,
    logger: createLogger('realtime', 'silent'),
  });
  const service = createRealtime(config, {
    opened: { execution, client, subgraphs: ['notes', 'assistant', 'meetings'] },
  });
  const { port } = await service.start();
  const log = createEventLog({ redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX });
  return {
    world,
    notes,
    service,
    log,
    port,
    environment: { REDIS_URL: config.REDIS_URL, REDIS_PREFIX: config.REDIS_PREFIX },
    url: `ws://127.0.0.1:${port}/graphql`,
    async close() {
      await service.close();
      await Promise.all([notes.close().catch(() => undefined), assistant.close(), meetings.close(), log.close()]);
    },
  };
}
export type Realtime = Awaited<ReturnType<typeof openRealtime>>;

/** The id of a user whom a test calls by a name. */
export function idOf(name: string): string {
  return `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').slice(0, 12).padStart(12, '0')}`;
}

/** A new notebook that one user may see, and a way to tell its events. */
export function notebookOf(realtime: Realtime, owner: string) {
  const key = uuid();
  const notebookId = encodeId('Notebook', key);
  const userId = idOf(owner);
  realtime.world.readers.set(notebookId, new Set([userId]));
  let occurred = 0;
  const tell = async (contract: EventContract, ...payloads: Record<string, unknown>[]): Promise<void> =>
    realtime.log.append(
      payloads.map((payload) => ({
        id: uuid(),
        name: contract.name,
        domain: contract.domain,
        aggregateId: key,
        payload: { notebookId: key, ownerId: userId, pageId: null, importId: null, ...payload },
        traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
        occurredAt: Date.parse('2026-04-01T00:00:00Z') + occurred++,
        isReplayed: false,
      })),
    );
  return { notebookId, tell };
}

export interface Who {
  readonly lifetimeSeconds?: number;
  readonly role?: Role;
  readonly sessionId?: string;
}

export function tokenFor(
  user: string,
  { lifetimeSeconds = 60, role = 'STUDENT', sessionId = uuid() }: Who = {},
): string {
  const viewer = { userId: idOf(user), role, sessionId };
  return createAccessTokens(new Secret(ACCESS_SECRET)).sign(viewer, lifetimeSeconds).token;
}

/** A graphql-ws client of a user, or of nobody. */
export function connectAs({ url }: { url: string }, user: string | null, who: Who = {}): Client {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: user === null ? {} : { Authorization: `Bearer ${tokenFor(user, who)}` },
  });
}

/** What one operation receives. */
export function listen(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const heard = {
    results: [] as any[], // eslint-disable-line @typescript-eslint/no-explicit-any -- a test looks into whatever came
    ended: null as unknown,
    stop: (): void => undefined,
  };
  heard.stop = client.subscribe(
    { query, variables },
    {
      next: (result) => heard.results.push(JSON.parse(JSON.stringify(result))),
      error: (error) => (heard.ended = error),
      complete: () => (heard.ended ??= 'complete'),
    },
  );
  return heard;
}
