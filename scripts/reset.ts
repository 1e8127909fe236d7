/** `npm run reset`: removes the data of the embedded school (`.data/`). */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { messageOf } from '@terakoya/common/errors';
import { removeLocalData } from '@terakoya/common/local-servers';

const folder = resolve(__dirname, '..', process.env.TERAKOYA_DATA ?? '.data');

try {
  removeLocalData({ postgres: join(folder, 'postgres'), redis: join(folder, 'redis') });
  rmSync(folder, { recursive: true, force: true });
  console.log(`${folder} is removed. The next start begins with an empty school.`);
} catch (error) {
  console.error(`Nothing was removed. ${messageOf(error)}`);
  process.exitCode = 1;
}
