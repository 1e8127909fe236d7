import { flag, url, type Environment } from '@terakoya/common/config';
import { defineConfig } from '@terakoya/common/config';
import { z } from 'zod';

/** The variables the telemetry preload reads in every process; the names are OpenTelemetry's own. */
export const telemetryConfig = defineConfig('telemetry', {
  OTEL_SDK_DISABLED: flag().default(false).describe('true turns all tracing off.'),
  OTEL_SERVICE_NAME: z.string().default('terakoya').describe('Name of the service in traces.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https')
    .optional()
    .describe('Where spans go (OTLP over HTTP); without it they are not exported.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of new traces that are recorded, 0..1; a trace begun elsewhere keeps its decision.'),
});

export type TelemetryConfig = ReturnType<typeof readTelemetryConfig>;

export function readTelemetryConfig(environment: Environment) {
  return telemetryConfig.read(environment);
}
