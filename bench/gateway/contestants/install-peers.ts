import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { messageOf } from '../../../common/errors';
import { runCommand } from '../../../common/system-tools';

const FOLDER = join(__dirname, '..', '..', 'peers');
const STAMP = join(FOLDER, 'node_modules', '.terakoya-lock');

/** Installs the peers' locked packages when they are missing or older than the lock file; false when that fails. */
export async function installPeers(report: (line: string) => void): Promise<boolean> {
  const lock = createHash('sha256')
    .update(readFileSync(join(FOLDER, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return true;
  report('installing the peers into bench/peers/node_modules (npm ci); the first time takes a minute …');
  try {
    await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER });
  } catch (error) {
    report(`the peers cannot be installed: ${messageOf(error)}`);
    return false;
  }
  writeFileSync(STAMP, lock);
  return true;
}
