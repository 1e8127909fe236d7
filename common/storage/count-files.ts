import { readdir } from 'node:fs/promises';

/** How many files lie in a folder and below; 0 when it is not there. */
export async function countFiles(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  } catch {
    return 0;
  }
}
