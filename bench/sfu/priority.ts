import { existsSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

import { messageOf } from '../../common/errors';

/** The kernel weighs sessions against each other first where it has this (sched(7), the autogroup feature). */
const AUTOGROUP = '/proc/self/autogroup';

/**
 * Gives this process, its session and what it will start a priority as `nice` has it, so that what else a machine does
 * disturbs a measurement less; says so where that is not allowed.
 */
export function prioritise(priority: number, report: (line: string) => void): void {
  try {
    setPriority(priority);
    if (existsSync(AUTOGROUP)) writeFileSync(AUTOGROUP, String(priority));
  } catch (error) {
    report(`the priority stays as it is: ${messageOf(error)}`);
  }
}
