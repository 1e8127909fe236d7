import { messageOf } from '@terakoya/common/errors';
import { z } from 'zod';

import type { Manifest } from './manifests';

const modelsSchema = z.record(z.string(), z.unknown());
const API_GROUPS: Readonly<Record<string, () => Promise<unknown>>> = {
  v1: () => import('kubernetes-models/v1'),
  'apps/v1': () => import('kubernetes-models/apps/v1'),
  'batch/v1': () => import('kubernetes-models/batch/v1'),
  'policy/v1': () => import('kubernetes-models/policy/v1'),
  'autoscaling/v2': () => import('kubernetes-models/autoscaling/v2'),
  'networking.k8s.io/v1': () => import('kubernetes-models/networking.k8s.io/v1'),
};

interface Model {
  validate(): void;
}

/** What Kubernetes' own schemas, which the package `kubernetes-models` carries, have against a manifest. */
export async function kubernetesViolations(manifest: Manifest): Promise<string[]> {
  const what = `${manifest.kind} ${manifest.metadata?.name ?? ''}`;
  const load = API_GROUPS[manifest.apiVersion];
  const constructor = load && modelsSchema.parse({ ...((await load()) as object) })[manifest.kind]; // a module
  if (typeof constructor !== 'function') return [`${what}: there is no schema of ${manifest.apiVersion}`];
  try {
    const { apiVersion, kind, ...data } = manifest;
    const model = Reflect.construct(constructor, [data]) as Model; // every model of the package has it
    model.validate();
    return model instanceof Object && apiVersion && kind ? [] : [what];
  } catch (error) {
    return [`${what}: ${messageOf(error)}`];
  }
}
