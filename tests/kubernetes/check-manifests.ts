import { messageOf } from '@terakoya/common/errors';
import { z } from 'zod';

import { SCHEMAS } from '../../scripts/config-schemas';
import { KINDS } from '../compose/expected';
import type { Manifest } from './manifests';

/** Strong enough for every secret. */
const SECRET = '9f3c1e7a52d84b06a1c5e8d2b7f40369';
const SECRET_NAME = /SECRET|PASSWORD|_KEY$|^(DATABASE|REDIS)_URL$/;

const containerSchema = z.looseObject({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).default([]),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  readinessProbe: z.looseObject({}).optional(),
  livenessProbe: z.looseObject({}).optional(),
  resources: z.looseObject({ limits: z.record(z.string(), z.string()), requests: z.record(z.string(), z.string()) }),
  securityContext: z.looseObject({
    readOnlyRootFilesystem: z.literal(true),
    allowPrivilegeEscalation: z.literal(false),
    capabilities: z.looseObject({ drop: z.array(z.literal('ALL')) }),
  }),
});
const workloadSchema = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().optional(),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
        terminationGracePeriodSeconds: z.number(),
        containers: z.array(containerSchema).min(1),
      }),
    }),
  }),
});

type Container = z.output<typeof containerSchema>;

const WORKLOADS = ['Deployment', 'StatefulSet', 'Job'];
const nameOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata?.name ?? ''}`;

/** What we expect of manifests beside Kubernetes' own schemas. */
export function manifestViolations(manifests: readonly Manifest[]): string[] {
  const names = new Set(manifests.map(nameOf));
  const shared = z
    .looseObject({ data: z.record(z.string(), z.string()) })
    .parse(manifests.find(({ kind }) => kind === 'ConfigMap')).data;
  return manifests
    .filter(({ kind }) => WORKLOADS.includes(kind))
    .flatMap((manifest) => {
      const parsed = workloadSchema.safeParse(manifest);
      if (!parsed.success) {
        return parsed.error.issues.map(({ path, message }) => `${nameOf(manifest)}: ${path.join('.')} ${message}`);
      }
      const { replicas = 1, template } = parsed.data.spec;
      const service = `Service ${manifest.metadata?.name ?? ''}`;
      const budget = `PodDisruptionBudget ${manifest.metadata?.name ?? ''}`;
      return [
        ...(manifest.kind !== 'Job' && !names.has(service) ? [`${nameOf(manifest)} has no Service`] : []),
        ...(replicas > 1 && !names.has(budget) ? [`${nameOf(manifest)} has no PodDisruptionBudget`] : []),
        ...template.spec.containers.flatMap((container) =>
          Array.from(containerViolations(manifest.kind, container, shared), (what) => `${nameOf(manifest)}: ${what}`),
        ),
      ];
    });
}

function* containerViolations(
  kind: string,
  container: Container,
  shared: Readonly<Record<string, string>>,
): Generator<string> {
  const { image, env, readinessProbe, livenessProbe } = container;
  const [, imageKind = ''] = /terakoya\/(\w+)(:|$)/.exec(image) ?? [];
  if (!KINDS.includes(imageKind)) yield `has an image of no kind: ${image}`;
  if (kind !== 'Job' && (!readinessProbe || !livenessProbe)) yield 'has no probes';
  for (const { name, value } of env)
    if (SECRET_NAME.test(name) && value) yield `has the secret ${name} in the manifest`;
  const own = Object.fromEntries(env.map(({ name, value }) => [name, value ?? filled(name)]));
  const program = own['OTEL_SERVICE_NAME'] ?? container.name;
  const schema = SCHEMAS.find(({ service }) => service === program);
  if (imageKind === 'app') return;
  if (!schema) return yield `runs ${program}, which has no configuration`;
  try {
    schema.read({ FILE_STORAGE_ENDPOINT: 'https://s3.example', ...shared, ...own });
  } catch (error) {
    yield messageOf(error);
  }
}

/** In the place of what a Secret or the node's address holds. */
function filled(name: string): string {
  if (name === 'DATABASE_URL') return `postgres://role:${SECRET}@db.example:5432/terakoya`;
  if (name === 'REDIS_URL') return `redis://:${SECRET}@redis.example:6379`;
  return name === 'NODE_ADDRESS' ? '10.0.0.1' : SECRET;
}
