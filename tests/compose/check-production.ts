import { isJob, volumeSources } from './check-file';
import type { ComposeFile, ComposeService } from './compose-file';
import { KEEPERS, KINDS, PUBLISHED } from './expected';

/** Folders of configuration that may be mounted; sources are in the images. */
const CONFIGURATION = /^\.\/(observability\/(?!src)[\w-]+|deploy\/caddy|media\/coturn)(\/[\w./-]+)?$/;
const SECRET_NAME = /SECRET|PASSWORD|PASS$|_KEY$|^(DATABASE|REDIS)_URL$/;
/** Third parties' images whose own user is not root; others must be told one. */
const OWN_USER = /^(prom\/|prometheuscommunity\/|oliver006\/|otel\/|grafana\/|coturn\/)/;

/** What production must keep to beside what both files must. */
export function productionViolations({ services, networks }: ComposeFile): string[] {
  return [
    ...Object.entries(services).flatMap(([name, service]) => [
      ...Array.from(confinementViolations(service), (what) => `${name} ${what}`),
      ...Array.from(exposureViolations(name, service), (what) => `${name} ${what}`),
    ]),
    ...['app', 'data'].filter((name) => !isInternal(networks[name])).map((name) => `the network ${name} has a way out`),
  ];
}

/** The kind of image of a service of ours; undefined for others' services. */
export function kindOf({ image = '' }: ComposeService): string | undefined {
  return /^terakoya\/(\w+):/.exec(image)?.[1];
}

function* confinementViolations(service: ComposeService): Generator<string> {
  if (!service.read_only) yield 'may write to its root file system';
  if (!service.cap_drop.includes('ALL')) yield 'keeps capabilities';
  if (!service.security_opt.includes('no-new-privileges:true')) yield 'may gain privileges';
  const isOurs = kindOf(service) !== undefined;
  if (isOurs && !KINDS.includes(kindOf(service) ?? '')) yield `has an image of no kind: ${service.image ?? ''}`;
  if (isOurs && service.user !== undefined) yield 'has another user than its image';
  const isRoot = !isOurs && !OWN_USER.test(service.image ?? '') && (service.user ?? '0:0').startsWith('0');
  if (isRoot && !isJob(service)) yield 'runs as root';
  if (!isJob(service) && service.stop_grace_period === undefined) yield 'has no time to drain';
}

function* exposureViolations(name: string, service: ComposeService): Generator<string> {
  if (service.ports.length > 0 && !PUBLISHED.includes(name)) yield 'publishes ports';
  for (const source of volumeSources(service)) {
    if (source.startsWith('.') && !CONFIGURATION.test(source)) yield `mounts sources: ${source}`;
  }
  for (const [variable, value] of Object.entries(service.environment)) {
    const isFile = variable.endsWith('_FILE') && value.startsWith('/run/secrets/');
    if (SECRET_NAME.test(variable) && !isFile && value !== '')
      yield `has ${variable} in its environment, not in a file`;
  }
  if (KEEPERS.includes(name) && service.networks.join() !== 'data') yield 'is reached over more than the network data';
  if (service.networks.length === 0 && service.network_mode === undefined) yield 'is in no network of this file';
}

function isInternal(network: unknown): boolean {
  return typeof network === 'object' && network !== null && 'internal' in network && network.internal === true;
}
