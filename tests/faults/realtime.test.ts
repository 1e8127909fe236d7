import { killRealtimeAndRedis } from './kill-realtime-and-redis';

jest.setTimeout(180_000);

test('realtime and Redis killed with -9 while events come: every client is told each event once and in order', async () => {
  const outcome = await killRealtimeAndRedis({
    events: 500,
    clients: 10,
    kills: [
      { at: 0.3, whom: 'realtime' },
      { at: 0.6, whom: 'redis' },
    ],
    eventsPerSecond: 200,
    report: () => undefined,
  });
  expect(outcome).toMatchObject({ wholeClients: 10, missing: 0, doubled: 0, outOfOrder: 0, failures: [], kills: 2 });
  expect(outcome.reconnections).toBeGreaterThanOrEqual(10);
});
