import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

import { ROOT } from '../../scripts/start/services';

const FOLDER = join(ROOT, 'deploy', 'kubernetes');
export const OVERLAYS = ['production', 'local'] as const;

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }).optional(),
});

export type Manifest = z.output<typeof manifestSchema>;

/** The base as it is written. */
export function baseManifests(): Manifest[] {
  const files = globSync('base/*.yaml', { cwd: FOLDER }).filter((name) => !name.endsWith('kustomization.yaml'));
  return files.sort().flatMap((name) => manifestsOf(readFileSync(join(FOLDER, name), 'utf8')));
}

/** Names of the base's files, and those that its kustomization lists. */
export function baseFiles(): { readonly there: string[]; readonly listed: string[] } {
  const text = readFileSync(join(FOLDER, 'base', 'kustomization.yaml'), 'utf8');
  const listed = [...text.matchAll(/^ {2}- (\S+\.yaml)$/gm)].map(([, name]) => name ?? '');
  const there = globSync('*.yaml', { cwd: join(FOLDER, 'base') }).filter((name) => name !== 'kustomization.yaml');
  return { there: there.sort(), listed: listed.sort() };
}

/** An overlay as Kustomize renders it; undefined where there is no kubectl with one. */
export async function renderOverlay(name: (typeof OVERLAYS)[number]): Promise<Manifest[] | undefined> {
  if (!(await hasKustomize())) return undefined;
  return manifestsOf(await runCommand('kubectl', ['kustomize', join(FOLDER, 'overlays', name)], { timeoutMs: 60_000 }));
}

/** Debian's own kubectl is of another age: its Kustomize does not know today's files. */
async function hasKustomize(): Promise<boolean> {
  try {
    const text = await runCommand('kubectl', ['version', '--client'], { timeoutMs: 20_000 });
    return /Kustomize Version: v[5-9]/.test(text);
  } catch {
    return false;
  }
}

function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as unknown)
    .filter((value) => value !== null)
    .map((value) => manifestSchema.parse(value));
}
