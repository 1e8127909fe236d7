import { type Environment, buildShape, defineConfig, flag, url } from '@terakoya/common/config';
import { z } from 'zod';

/** The variables the telemetry preload reads in every process; names that begin with OTEL_ are OpenTelemetry's own. */
export const telemetryConfig = defineConfig('telemetry', {
  OTEL_SDK_DISABLED: flag().default(false).describe('true turns all tracing off, and logs over OTLP.'),
  OTEL_SERVICE_NAME: z.string().default('terakoya').describe('Name of the service in traces.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https')
    .optional()
    .describe('Where spans and log lines go (OTLP over HTTP); without it they are not exported.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('Share of new traces that are recorded as a whole, 0..1; a trace begun elsewhere keeps its decision.'),
  TRACES_SLOW_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(1_000)
    .describe('Work of other traces is kept, late, when it has failed or took so many milliseconds.'),
  OTLP_LOGS: flag().default(true).describe('false sends log lines to standard output only.'),
  ...buildShape,
  DEPLOYMENT_ENVIRONMENT: z.string().default('development').describe('Where it is deployed, such as production.'),
});

export type TelemetryConfig = ReturnType<typeof readTelemetryConfig>;

export function readTelemetryConfig(environment: Environment) {
  return telemetryConfig.read(environment);
}
