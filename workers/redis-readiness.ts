import type { Closable } from '@terakoya/common/lifecycle';
import { connectRedis } from '@terakoya/common/redis';

/** A readiness check of the queues' Redis, with a connection of its own that fails instead of waiting. */
export function createRedisReadiness(redisUrl: string): Closable & { ready(): Promise<void> } {
  const connection = connectRedis(redisUrl);
  return {
    async ready() {
      await connection.ping();
    },
    close: async () => connection.disconnect(),
  };
}
