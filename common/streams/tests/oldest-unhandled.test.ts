import { hostname } from 'node:os';

import { connectRedis } from '../../redis';
import { createTestRedis } from '../../testkit';
import { createEventLog } from '..';
import { streamKey } from '../event-log';

const { redisUrl, prefix } = createTestRedis();

test('the oldest event that a group has not acknowledged counts, whether it was taken or not', async () => {
  const log = createEventLog({ redisUrl, prefix });
  const connection = connectRedis(redisUrl);
  const key = streamKey(prefix, 'notes');
  const oldest = () => log.oldestUnhandled('notes', 'assistant');
  try {
    expect(await oldest()).toBeNull(); // there is no stream yet
    await connection.xgroup('CREATE', key, 'assistant', '0', 'MKSTREAM');
    expect(await oldest()).toBeNull();
    for (const id of ['1000-0', '2000-0', '3000-0']) await connection.xadd(key, id, 'e', '{}');
    expect(await oldest()).toBe(1000);
    await connection.xreadgroup('GROUP', 'assistant', hostname(), 'COUNT', 2, 'STREAMS', key, '>');
    await connection.xack(key, 'assistant', '1000-0');
    expect(await oldest()).toBe(2000); // taken, and not acknowledged
    await connection.xack(key, 'assistant', '2000-0');
    expect(await oldest()).toBe(3000); // waits to be taken
    expect(await log.oldestUnhandled('notes', 'nobody')).toBeNull();
  } finally {
    await connection.quit();
    await log.close();
  }
});
