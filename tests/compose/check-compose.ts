import { environmentViolations, unexplained } from './check-environment';
import { fileViolations } from './check-file';
import { productionViolations } from './check-production';
import { prometheusViolations } from './check-prometheus';
import { schemaViolations } from './check-schema';
import { type ComposeFile, type ComposeName, type ComposeService, SAMPLE, readCompose } from './compose-file';
import { stagesOf } from './dockerfile';

/** Everything there is against a Compose file, one line each. */
export function composeViolations(name: ComposeName, dockerfile: string): string[] {
  const schema = schemaViolations(name);
  if (schema.length > 0) return schema;
  const asked = new Set<string>();
  const file = readCompose(name, SAMPLE, (variable) => asked.add(variable));
  const isProduction = name === 'docker-compose.prod.yml';
  return [
    ...fileViolations(file, asked),
    ...environmentViolations(file),
    ...unexplained(asked),
    ...prometheusViolations(file),
    ...targetViolations(file, dockerfile),
    ...(isProduction ? productionViolations(file) : developmentViolations(file)),
  ].map((what) => `${name}: ${what}`);
}

function targetViolations({ services }: ComposeFile, dockerfile: string): string[] {
  const stages = new Set(stagesOf(dockerfile).map(({ name }) => name));
  return Object.entries(services).flatMap(([name, { build }]) =>
    build?.target === undefined || stages.has(build.target)
      ? []
      : [`${name} is built from ${build.target}, which is no stage`],
  );
}

/** In development sources are mounted and followed; `db` and `redis` alone need no profile. */
function developmentViolations({ services }: ComposeFile): string[] {
  const plain = Object.entries(services).filter(([, { profiles }]) => profiles.length === 0);
  const names = plain.map(([name]) => name).sort();
  return [
    ...(names.join() === 'db,redis' ? [] : [`without a profile there are ${names.join(', ')}, not db and redis alone`]),
    ...Object.entries(services)
      .filter(([, service]) => 'OTEL_SERVICE_NAME' in service.environment && !isFollowed(service))
      .map(([name]) => `${name} does not follow its sources`),
    ...Object.entries(services)
      .flatMap(([name, { ports }]) => ports.map((port) => [name, port] as const))
      .filter(([, port]) => !port.startsWith('127.0.0.1:'))
      .map(([name, port]) => `${name} publishes ${port} to the network`),
  ];
}

function isFollowed({ volumes, entrypoint = [] }: ComposeService): boolean {
  return volumes.includes('.:/app') && entrypoint.includes('--watch');
}
