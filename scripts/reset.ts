/** `npm run reset`: removes the data of the embedded school (`.data/`). */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(__dirname, '..');
const folder = resolve(root, process.env.TERAKOYA_DATA ?? '.data');
const pidFile = join(folder, 'postgres', 'postmaster.pid');

if (existsSync(pidFile) && isRunning(Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]))) {
  console.error('The school is running: end it (Ctrl-C) before its data is removed.');
  process.exitCode = 1;
} else {
  rmSync(folder, { recursive: true, force: true });
  console.log(`${folder} is removed. The next start begins with an empty school.`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
