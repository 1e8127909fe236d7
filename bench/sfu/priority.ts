import { setPriority } from 'node:os';

import { messageOf } from '../../common/errors';
import { processTree } from '../processes';

/** Gives a process and those below it a priority, so that what else a machine does disturbs them less; says where it may not. */
export function prioritise(root: number, priority: number | null, report: (line: string) => void): void {
  if (priority === null) return;
  try {
    for (const pid of processTree(root)) setPriority(pid, priority);
  } catch (error) {
    report(`the priority of process ${root} stays as it is: ${messageOf(error)}`);
  }
}
