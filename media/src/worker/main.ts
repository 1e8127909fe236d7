/** `npm run media:worker`: makes sure that there is a mediasoup worker on this machine and prints where. */
import { messageOf } from '@terakoya/common/errors';

import { requireMediasoupWorker } from './require-worker';

requireMediasoupWorker({ report: (line) => process.stderr.write(`  ${line}\n`) })
  .then((path) => process.stdout.write(`${path}\n`))
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
