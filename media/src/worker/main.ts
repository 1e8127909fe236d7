/**
 * `npm run media:worker [-- --from-source]`: makes sure that there is a mediasoup worker on this machine and prints where.
 * With `--from-source` none is downloaded.
 */
import { messageOf } from '@terakoya/common/errors';

import { buildWorker } from './build';
import { requireMediasoupWorker } from './require-worker';

// The compilers run in a process group of their own: without this they would go on when this program is ended.
const ended = new AbortController();
for (const event of ['SIGINT', 'SIGTERM', 'disconnect'])
  process.once(event, () => ended.abort(new Error('ended before there was a mediasoup worker')));

requireMediasoupWorker({
  report: (line) => process.stderr.write(`  ${line}\n`),
  signal: ended.signal,
  ...(process.argv.includes('--from-source') && { sources: [buildWorker] }),
})
  .then((path) => process.stdout.write(`${path}\n`))
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
