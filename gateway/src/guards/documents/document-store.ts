import { withTimeout } from '@terakoya/common/lifecycle';
import { type RedisConnection, closeRedis, connectRedis } from '@terakoya/common/redis';

import { BoundedCache } from '../../execution/bounded-cache';

/** Texts that clients have registered, by their hash. */
export interface DocumentStore {
  /** The text, or null when it is not known (or cannot be asked for just now). */
  get(hash: string): Promise<string | null>;
  /** Keeps a text; returns at once and never throws. */
  put(hash: string, text: string): void;
  close(): Promise<void>;
}

/** What one process keeps in memory. */
const MOST_TEXTS = 2_000;
const MOST_CHARACTERS = 8_000_000;
/** What all gateways keep together; the ones not used longest go first. */
const MOST_SHARED = 20_000;
const KEPT_SECONDS = 7 * 24 * 60 * 60;
const REDIS_MS = 250;

/** Texts in this process only. */
export function createLocalDocuments(): DocumentStore {
  const texts = new BoundedCache<string>(MOST_TEXTS, MOST_CHARACTERS);
  return {
    get: async (hash) => texts.get(hash) ?? null,
    put: (hash, text) => texts.set(hash, text, text.length),
    close: async () => undefined,
  };
}

/** Adds a text, marks it as used now and forgets the oldest beyond the bound. */
const PUT = `
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], KEYS[1])
local excess = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[4])
if excess > 0 then
  for _, key in ipairs(redis.call('ZRANGE', KEYS[2], 0, excess - 1)) do redis.call('DEL', key) end
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, excess - 1)
end
redis.call('EXPIRE', KEYS[2], ARGV[2])`;

/** Texts shared by all gateways in Redis, for a week after their last registration, and remembered in this process. */
export function createSharedDocuments(redisUrl: string, prefix: string): DocumentStore {
  const connection: RedisConnection = connectRedis(redisUrl);
  const local = createLocalDocuments();
  const index = `${prefix}:documents`;
  const keyOf = (hash: string): string => `${prefix}:document:${hash}`;
  return {
    async get(hash) {
      const known = await local.get(hash);
      if (known !== null || connection.status !== 'ready') return known;
      const text = await withTimeout('Redis', REDIS_MS, () => connection.get(keyOf(hash))).catch(() => null);
      if (text !== null) local.put(hash, text);
      return text;
    },
    put(hash, text) {
      local.put(hash, text);
      if (connection.status !== 'ready') return;
      const given = [keyOf(hash), index, text, KEPT_SECONDS, Date.now(), MOST_SHARED] as const;
      connection.eval(PUT, 2, ...given).catch(() => undefined); // the next client registers it again
    },
    close: () => closeRedis(connection),
  };
}
