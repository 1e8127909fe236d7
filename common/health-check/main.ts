/** The health command of our images, which have no curl: asks the service of this container whether it is ready. */
import { messageOf } from '../errors';
import { checkHealth } from './check-health';
import { healthUrl } from './config';

Promise.resolve()
  .then(() => checkHealth(healthUrl()))
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  });
