import { validate } from 'dockerfile-utils';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../../scripts/start/services';
import { type Stage, installsOf, manifestsOf, stagesOf } from './dockerfile';
import { KINDS } from './expected';

const BASE = '${BASE_IMAGE}';
/** Of the linter's severities, errors are 1 and warnings 2. */
const WORST_ALLOWED = 3;

/** Whether the images can be built in this order from the lock file, and what they keep to. */
export function dockerfileViolations(text: string): string[] {
  const stages = stagesOf(text);
  return [
    ...validate(text)
      .filter(({ severity = 1 }) => severity < WORST_ALLOWED)
      .map(
        ({ message, range }) =>
          `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
      ),
    ...(/^#\s*syntax\s*=/m.test(text) ? ['a syntax line needs the network before anything is built'] : []),
    ...stages.flatMap((stage, index) =>
      Array.from(stageViolations(stage, stages.slice(0, index)), (what) => `stage ${stage.name}: ${what}`),
    ),
    ...KINDS.filter((kind) => !stages.some(({ name }) => name === kind)).map((kind) => `there is no target ${kind}`),
    ...KINDS.flatMap((kind) => userViolation(kind, stages)),
    ...installViolations(stages),
  ].map((what) => `Dockerfile: ${what}`);
}

function* stageViolations({ base, instructions }: Stage, earlier: readonly Stage[]): Generator<string> {
  const isKnown = (name: string): boolean => earlier.some((stage) => stage.name === name);
  if (base !== BASE && !isKnown(base)) yield `is built from ${base}, neither the base image nor an earlier stage`;
  for (const { keyword, rest } of instructions) {
    const [, from] = /--from=(\S+)/.exec(rest) ?? [];
    if (from !== undefined && !isKnown(from)) yield `copies from ${from}, which is no earlier stage`;
    if (keyword === 'ADD') yield 'adds, where it could copy';
    if (keyword === 'RUN' && /\b(curl|wget|npx|npm i(nstall)?)\b/.test(rest))
      yield `downloads past the lock file: ${rest}`;
    if (keyword === 'RUN' && rest.includes('npm ci') && !rest.includes('--mount=type=cache'))
      yield 'keeps no cache of npm';
  }
}

/** An image's user is the last one that it or what it is built from names. */
function userViolation(kind: string, stages: readonly Stage[]): string[] {
  let stage = stages.find(({ name }) => name === kind);
  while (stage) {
    const user = stage.instructions.findLast(({ keyword }) => keyword === 'USER')?.rest;
    if (user !== undefined) return user === 'root' ? [`the image ${kind} runs as root`] : [];
    const { base } = stage;
    stage = stages.find(({ name }) => name === base);
  }
  return [`the image ${kind} has no user`];
}

/** npm must find every workspace that the lock file knows, and no source may come before it. */
function installViolations(stages: readonly Stage[]): string[] {
  const copied = new Set(manifestsOf(stages).flatMap(([sources]) => sources));
  const wanted = ['package.json', 'package-lock.json', '.npmrc', ...workspaces().map((name) => `${name}/package.json`)];
  const build = stages.find(({ name }) => name === 'build')?.instructions ?? [];
  const installs = build.findIndex(({ rest }) => rest.includes('npm ci'));
  const sources = build.findIndex(({ keyword, rest }) => keyword === 'COPY' && rest === '. .');
  return [
    ...wanted.filter((path) => !copied.has(path)).map((path) => `npm does not find ${path}`),
    ...[...copied].filter((path) => !wanted.includes(path)).map((path) => `${path} is no manifest of a workspace`),
    ...(installs >= 0 && installs < sources ? [] : ['sources are copied before the packages are installed']),
    ...installsOf(stages)
      .filter(({ npm }) => !npm.includes('--omit=dev') || npm[0] !== 'ci')
      .map(({ kind }) => `the packages of ${kind} are not those of the lock file without development`),
  ];
}

function workspaces(): string[] {
  const { workspaces: patterns } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    workspaces: string[]; // our own file
  };
  return globSync(patterns, { cwd: ROOT }).sort();
}
