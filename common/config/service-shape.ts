import { z } from 'zod';

import { port } from './fields';

/** The variables every service reads. */
export function serviceShape(defaultPort: number) {
  return {
    PORT: port().default(defaultPort).describe('Port the service listens on; 0 lets the system choose.'),
    HOST: z.string().default('127.0.0.1').describe('Address the service listens on; 0.0.0.0 in a container.'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('Least severity that is logged.'),
  };
}
