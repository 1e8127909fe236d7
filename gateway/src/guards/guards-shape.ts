import { z } from 'zod';

import { commaList, flag } from '@terakoya/common/config';

import type { RateLimit } from './rate/rate-limit';

const MINUTE_MS = 60_000;
const ATTEMPTS_MS = 15 * MINUTE_MS;

const perMinute = (value: number, whose: string) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .default(value)
    .describe(`Units of cost that ${whose} may spend in a minute; 0 sets no limit.`);

/** The variables of the guards that stand at HTTP; docs/guards.md tells their order. */
export const guardsShape = {
  CSRF_PREVENTION: flag().default(true).describe('Whether a GET must show that no foreign page has caused it.'),
  MAX_BATCH: z.coerce
    .number()
    .int()
    .min(1)
    .default(5)
    .describe('Most operations that one request may bring as an array; 1 refuses arrays.'),
  TRUSTED_PROXIES: commaList()
    .prefault('')
    .describe('Addresses and networks whose x-forwarded-for is believed, separated by commas; none by default.'),
  RATE_LIMIT_PER_USER: perMinute(120_000, 'one user'),
  RATE_LIMIT_PER_ADDRESS: perMinute(1_200_000, 'one IP address (a whole school may share one)'),
  ATTEMPTS_PER_ADDRESS: z.coerce
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('How often one IP address may try each of ATTEMPT_FIELDS in 15 minutes, however they are sent.'),
  ATTEMPT_FIELDS: commaList()
    .prefault('signIn,signUp,refreshSession')
    .describe('Mutation fields that tell a secret from a guess, separated by commas.'),
  RESPONSE_CACHE_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(32_000_000)
    .describe('Memory for responses that @cacheControl allows to keep, in bytes; 0 keeps none.'),
};

type GuardsConfig = { readonly [K in keyof typeof guardsShape]: z.output<(typeof guardsShape)[K]> };

/** The rate limits as the configuration says; null for those that are switched off. */
export function rateLimitsOf(config: GuardsConfig): {
  readonly perUser: RateLimit | null;
  readonly perAddress: RateLimit | null;
  readonly attempts: RateLimit;
} {
  const perMinute = (name: string, units: number): RateLimit | null =>
    units === 0 ? null : { name, units, windowMs: MINUTE_MS };
  return {
    perUser: perMinute('user', config.RATE_LIMIT_PER_USER),
    perAddress: perMinute('address', config.RATE_LIMIT_PER_ADDRESS),
    attempts: { name: 'attempts', units: config.ATTEMPTS_PER_ADDRESS, windowMs: ATTEMPTS_MS },
  };
}
