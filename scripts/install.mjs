/**
 * Makes `npm start` and `npm test` work on a fresh clone: installs the locked dependencies when they are missing or
 * older than the lock file. Plain JavaScript, because nothing is installed yet when it runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.terakoya-lock');
const [major = 0] = process.versions.node.split('.').map(Number);

if (major < 20) {
  console.error(`terakoya: Node.js ${process.versions.node} is too old: install Node.js 20 or newer.`);
  process.exit(1);
}

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const upToDate = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;

if (!upToDate && !installedByHand()) {
  console.error('terakoya: installing dependencies (npm ci); the first time takes a minute or two …');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { status } = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Older npm do not know `allowScripts`: mediasoup's installer leaves it to us to get its worker when this is set.
    env: { ...process.env, MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN || 'got-when-it-is-needed' },
  });
  if (status !== 0) {
    console.error('terakoya: npm ci failed; its messages are above. Check the network and run the command again.');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock);
}

/** `npm ci` run by hand leaves npm's own record, newer than the lock file's content it was made from. */
function installedByHand() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(record);
  const missing = Object.entries(wanted).some(
    ([path, entry]) =>
      path &&
      !entry.optional &&
      !entry.link &&
      path.startsWith('node_modules/') &&
      present[path]?.version !== entry.version,
  );
  if (!missing) writeFileSync(stamp, lock);
  return !missing;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
