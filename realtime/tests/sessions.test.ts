import { randomUUID as uuid } from 'node:crypto';

import { sessionEnded, notebookChanged } from '@terakoya/common/contracts';
import { eventually } from '@terakoya/common/testkit';

import { openStream } from './event-stream-client';
import { type Realtime, connectAs, idOf, listen, notebookOf, openRealtime, tokenFor } from './open-realtime';

const CHANGES = 'subscription ($id: ID!) { notebookChanged(id: $id) { kind } }';

let realtime: Realtime;
beforeAll(async () => {
  realtime = await openRealtime({ MAX_CONNECTIONS_PER_USER: '2' });
});
afterAll(() => realtime.close());

async function endSession(at: Realtime, user: string, sessionId: string): Promise<void> {
  await at.log.append([
    {
      id: uuid(),
      name: sessionEnded.name,
      domain: sessionEnded.domain,
      aggregateId: sessionId,
      payload: { sessionId, userId: idOf(user) },
      traceparent: null,
      occurredAt: Date.now(),
      isReplayed: false,
    },
  ]);
}

test('signing out ends the connections of that session within 2 s, and no other', async () => {
  const { notebookId, tell } = notebookOf(realtime, 'aoi');
  const sessionId = uuid();
  const clients = [connectAs(realtime, 'aoi', { sessionId }), connectAs(realtime, 'aoi')];
  const heard = clients.map((client) => listen(client, CHANGES, { id: notebookId }));
  await eventually(async () => {
    await tell(notebookChanged, { kind: 'PAGE_READ' });
    expect(heard.every(({ results }) => results.length > 0)).toBe(true);
  });
  const began = Date.now();
  await endSession(realtime, 'aoi', sessionId);
  await eventually(() =>
    expect(heard[0]?.ended).toMatchObject({ code: 4403, reason: 'Forbidden: the session has ended' }),
  );
  expect(Date.now() - began).toBeLessThan(2_000);
  const count = heard[0]?.results.length;
  await tell(notebookChanged, { kind: 'PAGE_FAILED' });
  await eventually(() => expect(heard[1]?.results.at(-1)?.data.notebookChanged.kind).toBe('PAGE_FAILED'));
  expect(heard[0]?.results).toHaveLength(count ?? 0);

  const again = connectAs(realtime, 'aoi', { sessionId });
  const refused = listen(again, CHANGES, { id: notebookId });
  await eventually(() => expect(refused.ended).toMatchObject({ code: 4403 }));
  for (const client of [...clients, again]) await client.dispose();
});

test('an event stream ends with its session too', async () => {
  const { notebookId } = notebookOf(realtime, 'ben');
  const sessionId = uuid();
  const stream = await openStream({
    url: `http://127.0.0.1:${realtime.port}/graphql`,
    body: { query: CHANGES, variables: { id: notebookId } },
    headers: { authorization: `Bearer ${tokenFor('ben', { sessionId })}` },
  });
  await endSession(realtime, 'ben', sessionId);
  await stream.ended;
  expect(JSON.parse(stream.events[0]?.data ?? '').errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a session that ended while the server was away stays ended', async () => {
  const first = await openRealtime();
  const sessionId = uuid();
  await endSession(first, 'cho', sessionId);
  const { REDIS_PREFIX } = first.environment;
  const second = await openRealtime({ REDIS_PREFIX });
  const client = connectAs(second, 'cho', { sessionId });
  const refused = listen(client, '{ whoAmI }');
  await eventually(() => expect(refused.ended).toMatchObject({ code: 4403 }));
  await client.dispose();
  await Promise.all([first.close(), second.close()]);
});

test('event streams are connections too: one more is answered with 429', async () => {
  const { notebookId } = notebookOf(realtime, 'emi');
  const open = () =>
    openStream({
      url: `http://127.0.0.1:${realtime.port}/graphql`,
      body: { query: CHANGES, variables: { id: notebookId } },
      headers: { authorization: `Bearer ${tokenFor('emi')}` },
    });
  const streams = [await open(), await open(), await open()];
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(streams[2]?.headers['retry-after']).toBe('5');
  for (const stream of streams) stream.stop();
});

test('a user may have only so many connections: one more is closed with 4430', async () => {
  const { notebookId } = notebookOf(realtime, 'dai');
  const clients = Array.from({ length: 3 }, () => connectAs(realtime, 'dai'));
  const heard = clients.map((client) => listen(client, CHANGES, { id: notebookId }));
  await eventually(() => expect(heard.filter(({ ended }) => ended !== null)).toHaveLength(1));
  expect(heard.find(({ ended }) => ended !== null)?.ended).toMatchObject({
    code: 4430,
    reason: 'A user may have at most 2 connections at a time.',
  });
  const gone = heard.findIndex(({ ended }) => ended === null);
  await clients[gone]?.dispose();
  await eventually(async () => {
    const client = connectAs(realtime, 'dai');
    const query = listen(client, '{ whoAmI }');
    await eventually(() => expect(query.ended).not.toBeNull());
    await client.dispose();
    expect(query.ended).toBe('complete');
  });
  for (const client of clients) await client.dispose();
});
