/**
 * Telemetry of a process: loaded with `--require` before anything else, so that http, pg, ioredis and undici are
 * traced without a line in the services. Worker threads are traced by their process and start nothing here.
 */
import { isMainThread } from 'node:worker_threads';

import { readTelemetryConfig } from './src/config';

if (isMainThread) {
  const config = readTelemetryConfig(process.env);
  if (!config.OTEL_SDK_DISABLED) {
    // Loaded only when wanted: the SDK is the largest part of a small process.
    const { startTelemetry } = require('./src/start-telemetry') as typeof import('./src/start-telemetry');
    startTelemetry(config);
  }
}
