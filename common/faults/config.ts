import { z } from 'zod';

import { type Environment, defineConfig, flag, secret, url } from '../config';
import { ConfigurationError } from '../errors';

/** The variables by which breaking things on purpose is allowed. Without a secret there are no fault switches at all. */
export const faultsConfig = defineConfig('fault switches', {
  FAULT_SECRET: secret(32)
    .optional()
    .describe('Whoever holds it may break a service on purpose, at its /faults; without it there is no such door.'),
  FAULTS_IN_PRODUCTION: flag().default(false).describe('true allows FAULT_SECRET where NODE_ENV is production.'),
  REDIS_URL: url('redis', 'rediss').optional().describe('Redis 7 or newer: queues, event log, rate limits.'),
  NODE_ENV: z.string().default('development').describe('production refuses what is for development only.'),
});

/** What the fault switches need; no secret where there are none. Throws where production was not meant to have them. */
export function readFaultSwitches(environment: Environment = process.env) {
  const config = faultsConfig.read(environment);
  if (config.FAULT_SECRET && config.NODE_ENV === 'production' && !config.FAULTS_IN_PRODUCTION) {
    throw new ConfigurationError(
      'fault switches: FAULT_SECRET is set in production. Remove it, or set FAULTS_IN_PRODUCTION=true when you mean it.',
    );
  }
  return { secret: config.FAULT_SECRET, redisUrl: config.REDIS_URL };
}
