import { createHttpHost } from '@terakoya/common/http';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { createLogger } from '@terakoya/common/logging';

import type { ProbeConfig } from './config';
import { runProbe } from './run-probe';
import type { ProbeMemory } from './steps';

/** The synthetic check: does what a pupil does, again and again, and tells how it went as metrics and traces. */
export function createProbe(config: ProbeConfig): Service {
  const logger = createLogger('probe', config.LOG_LEVEL);
  return createService(async (opened) => {
    const host = opened(createHttpHost({ service: 'probe', host: config.HOST, port: config.PORT }));
    const started = await host.start();
    const memory: ProbeMemory = {};
    opened(every(config.PROBE_EVERY_SECONDS * 1_000, logger, () => runProbe(config, memory, logger)));
    return started;
  });
}
