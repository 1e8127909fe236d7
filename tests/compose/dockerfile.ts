import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../../scripts/start/services';

export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

export const DOCKERFILE = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

/** The stages of a Dockerfile in order; what comes before the first is left out. */
export function stagesOf(text: string): Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n');
  for (const line of lines) {
    const [, keyword, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === undefined || rest === undefined) continue;
    const [, base, name] = keyword === 'FROM' ? (/^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? []) : [];
    if (base !== undefined) stages.push({ name: name ?? '', base, instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, rest });
  }
  return stages;
}

export interface ModulesInstall {
  /** The kind of image: `service`, `worker`, … */
  readonly kind: string;
  /** Arguments of npm, as the Dockerfile has them. */
  readonly npm: readonly string[];
}

/** How each kind's packages are installed. */
export function installsOf(stages: readonly Stage[]): ModulesInstall[] {
  return stages
    .filter(({ name }) => name.endsWith('-modules'))
    .map(({ name, instructions }) => {
      const run = instructions.find(({ keyword }) => keyword === 'RUN')?.rest ?? '';
      const [, command = ''] = /(?:^|\s)npm (ci .*)$/.exec(run) ?? [];
      return { kind: name.replace(/-modules$/, ''), npm: command.split(/\s+/).filter((word) => word !== '') };
    });
}

/** What is copied before npm runs: source paths and the folder they go to. */
export function manifestsOf(stages: readonly Stage[]): (readonly [sources: readonly string[], target: string])[] {
  const manifests = stages.find(({ name }) => name === 'manifests');
  return (manifests?.instructions ?? [])
    .filter(({ keyword }) => keyword === 'COPY')
    .map(({ rest }) => {
      const paths = rest.split(/\s+/);
      return [paths.slice(0, -1), paths.at(-1) ?? '.'] as const;
    });
}
