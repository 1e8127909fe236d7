import { randomBytes } from 'node:crypto';

import { type LocalRedis, startRedis } from '../local-servers';
import { testServers } from './config';

/** The Redis of this run, and a prefix for the keys of this test file alone. */
export function createTestRedis(): { readonly redisUrl: string; readonly prefix: string } {
  return { redisUrl: testServers().redisUrl, prefix: `test-${randomBytes(6).toString('hex')}` };
}

/** A Redis of the test's own that it may kill; started again on the same port it is empty. */
export function startOwnRedis(port = 0): Promise<LocalRedis> {
  return startRedis({ port, report: () => undefined });
}
