/**
 * Runs one of our TypeScript programs from source: `node scripts/run.mjs FILE.ts [arguments]`.
 * The program has a process group of its own, so that Ctrl-C in a terminal reaches it once, through here, and it can
 * end what it started in order. When this process ends without a word, the program notices by its IPC channel.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';

const PARENT_CHECK_MS = 500;
const require = createRequire(import.meta.url);
const register = require.resolve('./register.js');
const [file, ...rest] = process.argv.slice(2);

const child = spawn(
  'node',
  ['--conditions=terakoya-source', '--enable-source-maps', '--require', register, file, ...rest],
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm dies of a signal without passing it on to the program its shell has started.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_CHECK_MS).unref();
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0));
});
