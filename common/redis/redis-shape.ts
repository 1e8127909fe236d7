import { z } from 'zod';

import { url } from '../config';

/** The variables of a service that uses Redis. */
export const redisShape = {
  REDIS_URL: url('redis', 'rediss').describe('Redis 7 or newer: queues, event log, rate limits.'),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]+$/)
    .default('terakoya')
    .describe('Begins every key, so that several schools can share one Redis.'),
};
