import { randomUUID } from 'node:crypto';

import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';

import type { TelemetryConfig } from './config';

/** Who this process is, in the names of OpenTelemetry's semantic conventions. */
export function createResource(config: TelemetryConfig): Resource {
  return resourceFromAttributes({
    'service.name': config.OTEL_SERVICE_NAME,
    'service.namespace': 'terakoya',
    'service.version': config.SERVICE_VERSION,
    'service.instance.id': randomUUID(),
    'deployment.environment.name': config.DEPLOYMENT_ENVIRONMENT,
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
  });
}
