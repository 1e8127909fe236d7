import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../../scripts/start/services';
import type { ComposeFile, ComposeService } from './compose-file';
import { EXPECTED_SERVICES, EXPECTED_VARIABLES, SFU_LEAST } from './expected';

/** What both files must keep to: services, ports, health, limits, restarts, and names that lead somewhere. */
export function fileViolations(file: ComposeFile, asked: ReadonlySet<string>): string[] {
  return [
    ...missingServices(file),
    ...missingVariables(file, asked),
    ...Object.entries(file.services).flatMap(([name, service]) => [
      ...Array.from(serviceViolations(service), (what) => `${name} ${what}`),
      ...Array.from(danglingNames(file, service), (what) => `${name} ${what}`),
    ]),
    ...unusedNames(file),
    ...sfuViolations(file),
  ];
}

/** Something that runs to its end: others wait for it, and nobody asks for its health. */
export function isJob(service: ComposeService): boolean {
  return service.restart === 'no';
}

function missingServices({ services }: ComposeFile): string[] {
  return Object.entries(EXPECTED_SERVICES).flatMap(([name, { port }]) => {
    const service = services[name];
    if (!service) return [`there is no service ${name}`];
    return port === undefined || portsOf(services, name).includes(port) ? [] : [`${name} has not port ${port}`];
  });
}

/** Ports that are published or reached, or published by the edge on its behalf. */
function portsOf(services: ComposeFile['services'], name: string): number[] {
  const through = name === 'grafana' ? ['grafana', 'caddy'] : [name];
  return through.flatMap((one) => {
    const { ports = [], expose = [] } = services[one] ?? {};
    return [
      ...ports.flatMap((text) =>
        text
          .replace(/\/\w+$/, '')
          .split(':')
          .slice(-2),
      ),
      ...expose,
    ].map(Number);
  });
}

function missingVariables({ services }: ComposeFile, asked: ReadonlySet<string>): string[] {
  const given = new Set(Object.values(services).flatMap(({ environment }) => Object.keys(environment)));
  return EXPECTED_VARIABLES.filter((name) => !given.has(name) && !given.has(`${name}_FILE`) && !asked.has(name)).map(
    (name) => `no service is given ${name}`,
  );
}

function* serviceViolations(service: ComposeService): Generator<string> {
  const { restart, healthcheck, deploy, image, logging } = service;
  if (restart === undefined) yield 'has no restart policy';
  if (!isJob(service) && healthcheck === undefined) yield 'has no healthcheck';
  if (deploy?.resources.limits === undefined) yield 'has no limits of memory and CPU';
  if (logging === undefined) yield 'does not rotate its log';
  const [, tag] = /:([^:/]+)$/.exec(image ?? '') ?? [];
  if (image === undefined) yield 'has no image';
  else if (service.build === undefined && (tag === undefined || !/\d/.test(tag)))
    yield `has no exact version: ${image}`;
}

function* danglingNames(file: ComposeFile, service: ComposeService): Generator<string> {
  for (const name of Object.keys(service.depends_on)) {
    if (!(name in file.services)) yield `waits for ${name}, which is no service`;
    else if (service.depends_on[name]?.condition === 'service_completed_successfully') {
      if (!isJob(file.services[name] ?? service)) yield `waits for the end of ${name}, which does not end`;
    } else if (service.depends_on[name]?.condition !== 'service_healthy')
      yield `does not wait until ${name} is healthy`;
  }
  for (const name of service.secrets) if (!(name in file.secrets)) yield `has the secret ${name}, which is none`;
  for (const name of service.networks) if (!(name in file.networks)) yield `is in the network ${name}, which is none`;
  for (const source of volumeSources(service)) {
    const isPath = source.startsWith('.');
    if (isPath && !existsSync(join(ROOT, source))) yield `mounts ${source}, which is not there`;
    if (!isPath && !(source in file.volumes)) yield `mounts the volume ${source}, which is none`;
  }
  for (const [name, value] of Object.entries(service.environment)) {
    const [, secret] = /^\/run\/secrets\/(\w+)$/.exec(value) ?? [];
    const hasFolder = service.volumes.some((volume) => typeof volume === 'string' && volume.includes(':/run/secrets'));
    if (secret !== undefined && !hasFolder && !service.secrets.includes(secret))
      yield `${name}: has not the secret ${secret}`;
  }
}

function unusedNames(file: ComposeFile): string[] {
  const services = Object.values(file.services);
  const volumes = new Set(services.flatMap(volumeSources));
  const secrets = new Set(services.flatMap((service) => service.secrets));
  const networks = new Set(services.flatMap((service) => service.networks));
  return [
    ...Object.keys(file.volumes).filter((name) => !volumes.has(name)),
    ...Object.keys(file.secrets).filter((name) => !secrets.has(name)),
    ...Object.keys(file.networks).filter((name) => !networks.has(name)),
  ].map((name) => `${name} is declared and used by nobody`);
}

export function volumeSources({ volumes }: ComposeService): string[] {
  return volumes.flatMap((volume) => (typeof volume === 'string' ? [volume.split(':', 1)[0] ?? ''] : []));
}

function sfuViolations({ services }: ComposeFile): string[] {
  const limits = services['sfu']?.deploy?.resources.limits;
  if (!limits) return [];
  const cpus = Number(limits.cpus) >= SFU_LEAST.cpus;
  const memory = megabytes(limits.memory) >= SFU_LEAST.megabytes;
  return cpus && memory ? [] : [`sfu has less than ${SFU_LEAST.cpus} CPU and ${SFU_LEAST.megabytes} MB`];
}

function megabytes(text: string): number {
  const [, amount, unit] = /^(\d+)([mg])$/.exec(text) ?? [];
  return Number(amount) * (unit === 'g' ? 1_024 : 1);
}
