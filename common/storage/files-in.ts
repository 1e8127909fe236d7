import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { systemCodeOf } from '../errors';

/** The files in a folder and below, by their paths from there with `/`; none when it is not there. */
export async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    if (entry.isFile()) yield relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
  }
}

/** How many files lie in a folder and below; 0 when it is not there. */
export async function countFiles(folder: string): Promise<number> {
  return (await Array.fromAsync(filesIn(folder))).length;
}
