import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The administrator's password of the data in a folder: random at the first start, then kept beside the data, readable
 * by its owner only. Two that ask at once get the same one.
 */
export function keptPassword(dataDirectory: string): string {
  const file = join(dataDirectory, 'password');
  mkdirSync(dataDirectory, { recursive: true });
  if (!existsSync(file)) writeOnce(file, randomBytes(16).toString('hex'));
  return readFileSync(file, 'utf8');
}

/** The file appears complete or not at all; whoever comes second leaves the first one's. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}
