import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runCommand } from '@terakoya/common/system-tools';

import { ROOT } from '../../scripts/start/services';
import { DOCKERFILE, installsOf, manifestsOf, stagesOf } from '../compose/dockerfile';

/** The folder of each kind of image, as the Dockerfile would have it, and how large its packages are. */
export interface Layout {
  readonly folders: ReadonlyMap<string, string>;
  readonly moduleMegabytes: Readonly<Record<string, number>>;
}

/** Kinds whose packages are another kind's. */
const SAME_MODULES: Readonly<Record<string, string>> = { recorder: 'worker' };

/**
 * Installs the packages of every kind by the Dockerfile's own commands into clean folders, and lays `dist` beside them. A
 * folder that has packages already, of an earlier run, keeps them.
 */
export async function layOut(parent: string, report: (line: string) => void): Promise<Layout> {
  const stages = stagesOf(DOCKERFILE);
  const folders = new Map<string, string>();
  const moduleMegabytes: Record<string, number> = {};
  for (const { kind, npm } of installsOf(stages)) {
    const began = performance.now();
    const folder = join(parent, kind);
    if (!existsSync(join(folder, 'node_modules'))) {
      copyManifests(manifestsOf(stages), folder);
      await runCommand('npm', [...npm, '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder });
    }
    await runCommand('rm', ['-rf', join(folder, 'dist')]);
    await runCommand('cp', ['-a', join(ROOT, 'dist'), join(folder, 'dist')]);
    await runCommand('rm', ['-rf', join(folder, 'dist', 'app')]);
    const size = await runCommand('du', ['-sm', join(folder, 'node_modules')]);
    moduleMegabytes[kind] = Number.parseInt(size, 10);
    folders.set(kind, folder);
    report(`${kind}: ${moduleMegabytes[kind]} MB of packages (${seconds(began)})`);
  }
  for (const [kind, like] of Object.entries(SAME_MODULES)) folders.set(kind, folders.get(like) ?? '');
  const app = join(parent, 'app');
  await runCommand('rm', ['-rf', app]);
  await runCommand('cp', ['-a', join(ROOT, 'dist', 'app'), app]);
  folders.set('app', app);
  await runCommand('chmod', ['-R', 'a-w,a+rX', parent]);
  return { folders, moduleMegabytes };
}

function copyManifests(manifests: ReturnType<typeof manifestsOf>, folder: string): void {
  for (const [sources, target] of manifests) {
    const into = join(folder, target);
    mkdirSync(into, { recursive: true });
    for (const source of sources) cpSync(join(ROOT, source), join(into, basename(source)));
  }
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
