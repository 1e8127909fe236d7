import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

/** The folder of the npm package `mediasoup`, with the worker's source. */
export const WORKER_PACKAGE = join(dirname(require.resolve('mediasoup')), '..', '..');
export const WORKER_VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(WORKER_PACKAGE, 'package.json'), 'utf8'))).version;

const FOLDER = join(__dirname, '..', '..', 'worker');
export const BUILD_SCRIPT = join(FOLDER, 'build-worker.sh');
export const BUILD_HASH = hashOf(FOLDER);

/** Of the files with which a worker is built, by name and content: the first 12 hex digits of SHA-256. */
export function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const files = globSync('**/*', { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  for (const name of files.sort())
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update('\0');
  return hash.digest('hex').slice(0, 12);
}
