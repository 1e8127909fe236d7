import { z } from 'zod';

import { type Environment, defineConfig, port } from '../config';

/** What the health command of our images reads. */
export const healthCheckConfig = defineConfig('health check', {
  PORT: port().describe('Port the service listens on; 0 lets the system choose.'),
  HEALTH_PATH: z.string().startsWith('/').default('/ready').describe('What the health check of an image asks for.'),
});

/** Where the service of this container says whether it can be used. */
export function healthUrl(environment: Environment = process.env): string {
  const { PORT, HEALTH_PATH } = healthCheckConfig.read(environment);
  return `http://127.0.0.1:${PORT}${HEALTH_PATH}`;
}
