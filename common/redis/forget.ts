import { closeRedis, connectRedis } from './connection';

const BATCH = 1_000;

/** Removes all that a school keeps in a Redis; returns how many keys there were. Other schools' keys stay. */
export async function forgetSchool(redisUrl: string, prefix: string): Promise<number> {
  const connection = connectRedis(redisUrl);
  try {
    let count = 0;
    // `terakoya:…` is ours, `terakoya-queue:…` BullMQ's; `terakoya-2:…` is another school's.
    for (const pattern of [`${prefix}:*`, `${prefix}-queue:*`]) {
      let cursor = '0';
      do {
        const [next, keys] = await connection.scan(cursor, 'MATCH', pattern, 'COUNT', BATCH);
        if (keys.length > 0) count += await connection.unlink(...keys);
        cursor = next;
      } while (cursor !== '0');
    }
    return count;
  } finally {
    await closeRedis(connection);
  }
}
