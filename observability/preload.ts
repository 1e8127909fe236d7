/**
 * Telemetry of a process: loaded with `--require` before anything else, so that pg, ioredis and calls over
 * HTTP are traced without a line in the services. Worker threads are traced by their process and start nothing here.
 */
import { isMainThread } from 'node:worker_threads';

import { readTelemetryConfig } from './src/config';

if (isMainThread) {
  const config = readTelemetryConfig(process.env);
  if (!config.OTEL_SDK_DISABLED) {
    // Loaded only when wanted: the SDK is the largest part of a small process.
    const { startTelemetry } = require('./src/start-telemetry') as typeof import('./src/start-telemetry');
    const started = startTelemetry(config);
    const { exportTheRest } = require('./src/export-the-rest') as typeof import('./src/export-the-rest');
    exportTheRest(config, started);
  }
}
