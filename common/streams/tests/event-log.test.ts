import { createTestRedis } from '@terakoya/common/testkit';

import { type LoggedEvent, type NewEvent, createEventLog } from '..';

const log = createEventLog(createTestRedis());
afterAll(() => log.close());

let made = 0;
function eventOf(domain: string): NewEvent {
  made += 1;
  const about = { aggregateId: 'a', payload: { made }, traceparent: null, occurredAt: 0, isReplayed: false };
  return { id: `event-${made}`, name: `${domain}.thing.happened`, domain, ...about };
}

async function idsSince(domain: string, since = 0): Promise<string[]> {
  const found: LoggedEvent[] = [];
  await log.readSince(domain, since, (events) => found.push(...events));
  return found.map(({ id }) => id);
}

test('an event that is sent again is in the log once, where it was first', async () => {
  const events = Array.from({ length: 5 }, () => eventOf('lamps'));
  await log.append(events.slice(0, 3));
  await log.append(events);
  await log.append(events.slice(2, 4));
  expect(await idsSince('lamps')).toEqual(events.map(({ id }) => id));
});

test('reads what was logged since a time, in more than one batch', async () => {
  const events = Array.from({ length: 1_203 }, () => eventOf('shades'));
  await log.append(events);
  expect(await idsSince('shades')).toEqual(events.map(({ id }) => id));
  expect(await idsSince('shades', Date.now() + 60_000)).toEqual([]);
});

test('replays what follows a cursor, and says when that is no longer kept', async () => {
  const events = Array.from({ length: 3 }, () => eventOf('bulbs'));
  await log.append(events);
  const found: LoggedEvent[] = [];
  await log.readSince('bulbs', 0, (batch) => found.push(...batch));
  const replayed: string[] = [];
  await log.replay('bulbs', found[0]?.cursor ?? '', (batch) => replayed.push(...batch.map(({ id }) => id)));
  expect(replayed).toEqual(events.slice(1).map(({ id }) => id));
  await expect(log.replay('bulbs', `ff.${found[0]?.entryId}`, () => undefined)).rejects.toMatchObject({
    code: 'CURSOR_EXPIRED',
  });
});
