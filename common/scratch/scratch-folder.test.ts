import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../testkit';
import { createScratchFolder } from '.';

/** Linux gives no process this id: it is above any `pid_max`. */
const NOBODY = 2 ** 22 + 1;

test('what a process that died has left is removed; what is another purpose or somebody’s stays', async () => {
  const parent = temporaryFolder();
  const folders = [`terakoya-media-${NOBODY}-a`, `terakoya-other-${NOBODY}-b`, `terakoya-media-${process.ppid}-c`];
  for (const name of folders) mkdirSync(join(parent.path, name));
  const own = await createScratchFolder('media', parent.path);
  expect(existsSync(own)).toBe(true);
  expect(folders.map((name) => existsSync(join(parent.path, name)))).toEqual([false, true, true]);
  parent.remove();
});
