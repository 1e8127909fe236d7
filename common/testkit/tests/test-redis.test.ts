import { connectRedis } from '../../redis';
import { createTestRedis, eventually, freePort, startOwnRedis } from '..';

test('the Redis of the run answers, and prefixes differ', async () => {
  const [one, two] = [createTestRedis(), createTestRedis()];
  expect(one.redisUrl).toBe(two.redisUrl);
  expect(one.prefix).not.toBe(two.prefix);
  const redis = connectRedis(one.redisUrl);
  expect(await redis.ping()).toBe('PONG');
  redis.disconnect();
});

test('an own Redis that is killed comes back empty under the same URL, to the same connection', async () => {
  const first = await startOwnRedis(await freePort());
  const redis = connectRedis(first.url);
  await redis.set('known', 'yes');
  await first.kill();
  const again = await startOwnRedis(first.port);
  expect(again.url).toBe(first.url);
  await eventually(async () => expect(await redis.get('known')).toBeNull());
  redis.disconnect();
  await again.stop();
});
