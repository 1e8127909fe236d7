import { notebookChanged } from '@terakoya/common/contracts';
import { metricsText } from '@terakoya/common/telemetry';
import { eventually } from '@terakoya/common/testkit';

import { type Realtime, type Who, connectAs, idOf, listen, notebookOf, openRealtime } from './open-realtime';

let realtime: Realtime;
beforeAll(async () => {
  realtime = await openRealtime();
});
afterAll(() => realtime.close());

async function metric(beginning: string): Promise<number> {
  const line = (await metricsText()).split('\n').find((each) => each.startsWith(beginning));
  return Number(line?.split(' ').at(-1) ?? 0);
}
const executions = async () =>
  (await metric('terakoya_realtime_executions_total{topic="notebookChanged",shared="true"}')) +
  (await metric('terakoya_realtime_executions_total{topic="notebookChanged",shared="false"}'));
const subscriptions = () => metric('terakoya_realtime_subscriptions{topic="notebookChanged"}');

interface Subscriber {
  readonly user: string;
  readonly query: string;
  readonly who?: Who;
  readonly variables?: Record<string, unknown>;
}

/** Subscribers of one notebook that all of them may see, all of them listening. */
async function subscribe(...subscribers: readonly Subscriber[]) {
  const { notebookId, tell } = notebookOf(realtime, 'owner');
  const before = await subscriptions();
  const clients = subscribers.map(({ user, who }) => {
    realtime.world.readers.get(notebookId)?.add(idOf(user));
    return connectAs(realtime, user, who);
  });
  const heard = clients.map((client, index) =>
    listen(client, subscribers[index]?.query ?? '', { id: notebookId, ...subscribers[index]?.variables }),
  );
  await eventually(async () => expect(await subscriptions()).toBe(before + subscribers.length));
  const leave = async (): Promise<void> => {
    for (const client of clients) await client.dispose();
    await eventually(async () => expect(await subscriptions()).toBe(before));
  };
  return { notebookId, tell, heard, leave };
}

const change = (kind = 'PAGE_READ') => ({ kind, pageId: '00000000-0000-4000-8000-000000000001' });
const over = (selection: string, variables = '') =>
  `subscription ($id: ID!${variables}) { notebookChanged(id: $id) { kind ${selection} } }`;

test('one execution and one text for everybody whose results are the same, whatever their place to go on from', async () => {
  const query = over('page { id text } notebook { title summary owner { name } }');
  const users = Array.from({ length: 20 }, (_, index) => ({ user: `pupil ${index}`, query }));
  const { tell, heard, leave, notebookId } = await subscribe(...users);
  const [executed, shared] = [await executions(), await metric('terakoya_realtime_shared_deliveries_total')];
  const fetches = realtime.world.askedFor.length;
  await tell(notebookChanged, change(), change('PAGE_FAILED'));
  await eventually(() => expect(heard.every(({ results }) => results.length === 2)).toBe(true));
  expect(await executions()).toBe(executed + 2);
  expect(realtime.world.askedFor.length).toBe(fetches + 2);
  expect(await metric('terakoya_realtime_shared_deliveries_total')).toBe(shared + 2 * 19);
  expect(heard[0]?.results[0].data.notebookChanged.notebook).toEqual({
    title: `notebook ${notebookId}`,
    summary: `summary of ${notebookId}`,
    owner: { name: 'the owner' },
  });
  for (const { results } of heard) expect(results).toEqual(heard[0]?.results);

  const after = heard[0]?.results[0].extensions.cursor;
  const client = connectAs(realtime, 'pupil 3');
  const resumed = listen(
    client,
    query.replace('($id', '($after: String, $id').replace('(id: $id)', '(id: $id, after: $after)'),
    {
      id: notebookId,
      after,
    },
  );
  await eventually(() => expect(resumed.results).toHaveLength(1));
  expect(resumed.results[0].data).toEqual(heard[0]?.results[1].data);
  await client.dispose();
  await leave();
});

const TEACHER: Who = { role: 'TEACHER' };
const mark = 'notebook { title myMark }';
const answers = 'notebook { title answers }';
const nested = 'notebook { owner { name secret } }';

test.each([
  [
    'a field of each viewer',
    mark,
    { notebook: { myMark: `mark of ${idOf('pupil')}` } },
    { notebook: { myMark: `mark of ${idOf('teacher')}` } },
  ],
  ['a field that is null for some', answers, { notebook: { answers: null } }, { notebook: { answers: 'all right' } }],
  [
    'a field of each viewer below a shared one',
    nested,
    { notebook: { owner: { secret: `told to ${idOf('pupil')}` } } },
    { notebook: { owner: { secret: `told to ${idOf('teacher')}` } } },
  ],
  [
    'a field of each viewer in a fragment',
    '...on NotebookChange { notebook { ...F } }',
    { notebook: { myMark: `mark of ${idOf('pupil')}` } },
    { notebook: { myMark: `mark of ${idOf('teacher')}` } },
  ],
  [
    'a field of each viewer that is left out, under its own name',
    'notebook { title: myMark }',
    { notebook: { title: `mark of ${idOf('pupil')}` } },
    { notebook: { title: `mark of ${idOf('teacher')}` } },
  ],
  [
    'a shared field that only some roles may ask for',
    'notebook { title hints }',
    { notebook: { hints: null } },
    { notebook: { hints: 'for those who teach' } },
  ],
])('nobody gets what is for somebody else: %s', async (_what, selection, forPupil, forTeacher) => {
  const fragment = selection.includes('...F') ? ' fragment F on Notebook { myMark }' : '';
  const query = over(selection) + fragment;
  const { tell, heard, leave } = await subscribe(
    { user: 'pupil', query },
    { user: 'teacher', query, who: TEACHER },
    { user: 'pupil', query },
    { user: 'teacher', query, who: TEACHER },
  );
  await tell(notebookChanged, ...Array.from({ length: 5 }, () => change()));
  await eventually(() => expect(heard.every(({ results }) => results.length === 5)).toBe(true));
  for (const [index, { results }] of heard.entries()) {
    for (const result of results) expect(result.data.notebookChanged).toMatchObject(index % 2 ? forTeacher : forPupil);
  }
  await leave();
});

test('other values of a variable, or of a directive, are other results', async () => {
  const query = over(
    'notebook { title pages(first: $first) { id } summary @include(if: $isLong) }',
    ', $first: Int! = 1, $isLong: Boolean!',
  );
  const { tell, heard, leave } = await subscribe(
    { user: 'a', query, variables: { first: 2, isLong: true } },
    { user: 'b', query, variables: { first: 3, isLong: true } },
    { user: 'c', query, variables: { isLong: false } },
    { user: 'd', query, variables: { isLong: false, first: 1, unknown: 'is left out' } },
  );
  const executed = await executions();
  await tell(notebookChanged, change());
  await eventually(() => expect(heard.every(({ results }) => results.length === 1)).toBe(true));
  const told = heard.map(({ results }) => results[0].data.notebookChanged.notebook);
  expect(told.map(({ pages }) => pages.length)).toEqual([2, 3, 1, 1]);
  expect(told.map((notebook) => 'summary' in notebook)).toEqual([true, true, false, false]);
  expect(await executions()).toBe(executed + 3);
  await leave();
});

test('one who loses access hears nothing 2 s later, and those who share with them go on', async () => {
  const query = over('notebook { title }');
  const { tell, heard, leave, notebookId } = await subscribe(
    { user: 'first', query },
    { user: 'second', query },
    { user: 'third', query },
  );
  await tell(notebookChanged, change());
  await eventually(() => expect(heard.every(({ results }) => results.length === 1)).toBe(true));
  realtime.world.readers.get(notebookId)?.delete(idOf('first')); // as whom it was executed
  realtime.world.readers.get(notebookId)?.delete(idOf('third'));
  const endedAt = Date.now();
  await eventually(async () => {
    await tell(notebookChanged, change());
    expect([heard[0]?.ended, heard[2]?.ended]).toMatchObject([
      [{ extensions: { code: 'NOT_FOUND' } }],
      [{ extensions: { code: 'NOT_FOUND' } }],
    ]);
  });
  expect(Date.now() - endedAt).toBeLessThan(2_000);
  const counts = [heard[0]?.results.length, heard[2]?.results.length];
  await tell(notebookChanged, change('PAGE_FAILED'));
  await eventually(() => expect(heard[1]?.results.at(-1)?.data.notebookChanged.kind).toBe('PAGE_FAILED'));
  expect([heard[0]?.results.length, heard[2]?.results.length]).toEqual(counts);
  for (const result of heard[1]?.results ?? []) {
    expect(result).toMatchObject({ data: { notebookChanged: { notebook: { title: `notebook ${notebookId}` } } } });
  }
  await leave();
});

test('who may hear is asked once for all, not once for each subscriber and event', async () => {
  const users = Array.from({ length: 30 }, (_, index) => ({ user: `reader ${index}`, query: over('') }));
  const { tell, heard, leave } = await subscribe(...users);
  const asked = await metric('terakoya_realtime_audience_questions_total');
  await tell(notebookChanged, ...Array.from({ length: 10 }, () => change()));
  await eventually(() => expect(heard.every(({ results }) => results.length === 10)).toBe(true));
  expect((await metric('terakoya_realtime_audience_questions_total')) - asked).toBeLessThanOrEqual(10 + 3);
  await leave();
});

test('those who come back at the same time share the executions of what they missed', async () => {
  const query = `subscription ($id: ID!, $after: String) {
    notebookChanged(id: $id, after: $after) { kind page { id text } notebook { title } }
  }`;
  const { tell, heard, leave, notebookId } = await subscribe({ user: 'stays', query });
  await tell(notebookChanged, change('IMPORT_STARTED'));
  await eventually(() => expect(heard[0]?.results).toHaveLength(1));
  const after = heard[0]?.results[0].extensions.cursor;
  await tell(notebookChanged, ...Array.from({ length: 40 }, () => change()));
  await eventually(() => expect(heard[0]?.results).toHaveLength(41));
  const executed = await executions();
  const users = Array.from({ length: 20 }, (_, index) => `back ${index}`);
  for (const user of users) realtime.world.readers.get(notebookId)?.add(idOf(user));
  const clients = users.map((user) => connectAs(realtime, user));
  const replays = clients.map((client) => listen(client, query, { id: notebookId, after }));
  await eventually(() => expect(replays.every(({ results }) => results.length === 40)).toBe(true));
  for (const { results } of replays) expect(results).toEqual(heard[0]?.results.slice(1));
  expect((await executions()) - executed).toBeLessThan(40 * 3); // not 40 × 20
  for (const client of clients) await client.dispose();
  await leave();
});
