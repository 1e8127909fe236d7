import type { LoggedEvent } from '@terakoya/common/streams';

import { EventQueue } from './event-queue';

const event = (entryId: string): LoggedEvent => ({
  id: entryId,
  name: 'notes.notebook.changed',
  domain: 'notes',
  aggregateId: 'n',
  payload: {},
  traceparent: null,
  occurredAt: 0,
  isReplayed: false,
  entryId,
  cursor: `e.${entryId}`,
});

async function take(queue: EventQueue, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await queue.next())?.entryId ?? 'closed');
  return ids;
}

test('what was missed comes before what came live meanwhile, and what both bring comes once', async () => {
  const queue = new EventQueue(true);
  queue.onEvent(event('3-0'));
  queue.onEvent(event('4-0'));
  for (const id of ['1-0', '2-0', '3-0']) queue.push(event(id));
  queue.replayed();
  queue.onEvent(event('5-0'));
  expect(await take(queue, 5)).toEqual(['1-0', '2-0', '3-0', '4-0', '5-0']);
});

test('a failure comes behind the events before it; closing ends a wait', async () => {
  const queue = new EventQueue(false);
  queue.onEvent(event('1-0'));
  queue.onReset();
  expect(await take(queue, 1)).toEqual(['1-0']);
  await expect(queue.next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  const other = new EventQueue(false);
  const waiting = other.next();
  other.close();
  expect(await waiting).toBeNull();
});

test('a client that is too slow is told so instead of filling memory', async () => {
  const queue = new EventQueue(false);
  for (let index = 1; index <= 5_001; index += 1) queue.onEvent(event(`${index}-0`));
  await take(queue, 5_001);
  await expect(queue.next()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
});
