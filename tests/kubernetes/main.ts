/**
 * `npm run verify:kubernetes`: the manifests of `deploy/kubernetes` against Kubernetes' own schemas and our expectations: the
 * base as it is written, and the overlays as Kustomize renders them where a kubectl with it is found.
 */
import { availableParallelism } from 'node:os';

import { manifestViolations } from './check-manifests';
import { kubernetesViolations } from './check-schemas';
import { type Manifest, OVERLAYS, baseFiles, baseManifests, renderOverlay } from './manifests';

const report = (line: string): void => console.error(`  ${line}`);

async function violationsOf(where: string, manifests: readonly Manifest[]): Promise<string[]> {
  const bySchema = await Promise.all(manifests.map(kubernetesViolations));
  return [...bySchema.flat(), ...manifestViolations(manifests)].map((what) => `${where}: ${what}`);
}

async function main(): Promise<void> {
  const { there, listed } = baseFiles();
  const base = baseManifests();
  const violations = [
    ...(await violationsOf('base', base)),
    ...there.filter((name) => !listed.includes(name)).map((name) => `base: ${name} is not listed`),
    ...listed.filter((name) => !there.includes(name)).map((name) => `base: ${name} is not there`),
  ];
  let rendered = 0;
  for (const name of OVERLAYS) {
    const manifests = await renderOverlay(name);
    if (manifests === undefined) report(`${name}: not rendered, there is no kubectl with Kustomize 5 or newer here`);
    else violations.push(...(await violationsOf(name, manifests)));
    rendered += manifests?.length ?? 0;
  }
  for (const violation of violations) report(violation);
  const machine = { cores: availableParallelism(), node: process.version };
  const figures = { manifests: base.length, rendered, violations: violations.length };
  console.log(JSON.stringify({ name: 'verify:kubernetes', machine, figures, details: { violations } }));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
