import { setTimeout as delay } from 'node:timers/promises';

import { UnavailableError } from '../errors';
import { faults } from './fault-switches';

/** Ends the process as `kill -9` does, while the fault `crash` is on. */
export function dieByFault(): void {
  if (faults.active('crash')) process.kill(process.pid, 'SIGKILL');
}

/** What a request suffers before it is handled: death, a wait, or an error. */
export async function sufferRequestFaults(): Promise<void> {
  faults.mark();
  dieByFault();
  const slow = faults.active('slow');
  if (slow) await delay(slow.ms);
  const failing = faults.active('failing');
  if (failing && Math.random() < failing.share) throw new UnavailableError('This fails on purpose.');
}
