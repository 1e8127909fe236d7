import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** A committed schema to compare with. */
export interface BaseSchema {
  /** What it is called, such as `origin/main (1a2b3c4)`. */
  readonly name: string;
  readonly sdl: string;
}

/** Where the last agreed schema may be, best first. */
const USUAL_BASES = ['origin/main', 'main', 'HEAD^'];

/**
 * The schema where this branch left `origin/main` or `main`, on that branch itself the one of the commit before; or
 * exactly the one at `ref`. Null without any history to compare with. Throws RangeError for a `ref` that does not exist.
 */
export function findBaseSchema(root: string, path: string, ref?: string): BaseSchema | null {
  const git = (...args: string[]): string | null => {
    const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return status === 0 ? stdout.trimEnd() : null;
  };
  const schemaAt = (commit: string, name: string): BaseSchema | null => {
    const sdl = git('show', `${commit}:${path}`);
    return sdl === null ? null : { name: `${name} (${commit.slice(0, 7)})`, sdl };
  };
  const commitOf = (name: string) => git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (!isRepository(root, git('rev-parse', '--show-toplevel'))) return null;
  if (ref !== undefined) return namedBase(ref, commitOf(ref), schemaAt);
  const head = commitOf('HEAD');
  for (const name of USUAL_BASES) {
    const commit = commitOf(name);
    const common = commit && (git('merge-base', commit, 'HEAD') ?? commit);
    const found = common && common !== head ? schemaAt(common, name) : null;
    if (found) return found;
  }
  return null;
}

function namedBase(
  ref: string,
  commit: string | null,
  schemaAt: (commit: string, name: string) => BaseSchema | null,
): BaseSchema {
  const found = commit === null ? null : schemaAt(commit, ref);
  if (!found) throw new RangeError(`There is no schema at ${ref}.`);
  return found;
}

/** An unpacked copy may lie within somebody else's repository. */
function isRepository(root: string, topLevel: string | null): boolean {
  return topLevel !== null && realpathSync(topLevel) === realpathSync(root);
}
