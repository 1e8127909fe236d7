/** The load generator's process: runs what it is told over IPC and answers with what it saw. */
import { messageOf } from '../../../common/errors';
import { type LoadRequest, runClosedLoop } from './closed-loop';

process.on('message', (request: LoadRequest) => {
  runClosedLoop(request).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: messageOf(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
