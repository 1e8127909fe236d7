import { z } from 'zod';

import { type ConfigOf, defineConfig, secret, serviceShape, url } from '@terakoya/common/config';

/** The synthetic check signs in as somebody who may make meetings: a teacher's account of its own. */
export const probeConfig = defineConfig('probe', {
  ...serviceShape(4319),
  PROBE_URL: url('http', 'https').describe('The GraphQL URL to probe, as pupils reach it.'),
  PROBE_EMAIL: z.email().describe("E-mail of the probe's own account, a teacher's."),
  PROBE_PASSWORD: secret(8).describe('Its password.'),
  PROBE_EVERY_SECONDS: z.coerce
    .number()
    .min(1)
    .max(3_600)
    .default(60)
    .describe('Seconds from the end of one round of the probe to the next.'),
  PROBE_TIMEOUT_SECONDS: z.coerce
    .number()
    .min(1)
    .max(600)
    .default(30)
    .describe('How long one step of the probe may take before it counts as failed.'),
});

export type ProbeConfig = ConfigOf<typeof probeConfig>;
