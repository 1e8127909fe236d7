import { randomBytes } from 'node:crypto';

import type { RedisConnection } from './connection';

/**
 * Names one life of the data in Redis. The key is made when it is missing; whoever remembers another value knows that
 * Redis has lost its data since.
 */
export interface Epoch {
  current(): Promise<string>;
}

export function createEpoch(connection: RedisConnection, prefix: string): Epoch {
  const key = `${prefix}:epoch`;
  return {
    async current() {
      const known = await connection.get(key);
      if (known !== null) return known;
      await connection.set(key, randomBytes(8).toString('hex'), 'NX');
      return (await connection.get(key)) ?? '';
    },
  };
}
