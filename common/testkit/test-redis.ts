import { randomBytes } from 'node:crypto';

import { type LocalRedis, startRedis } from '../local-servers';
import { testServers } from './config';

/** One for a test file, so that a Redis started again has the same URL. */
const password = randomBytes(16).toString('hex');

/** The Redis of this run, and a prefix for the keys of this test file alone; a connection of our adapters. */
export function createTestRedis(): { readonly redisUrl: string; readonly prefix: string } {
  return { redisUrl: testServers().redisUrl, prefix: `test-${randomBytes(6).toString('hex')}` };
}

/** A Redis of the test's own that it may kill; started again on the same port it has the same URL and is empty. */
export function startOwnRedis(port = 0): Promise<LocalRedis> {
  return startRedis({ port, password, report: () => undefined });
}
