import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, commaList, defineConfig, port, serviceShape } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const filesConfig = defineConfig('files', {
  ...serviceShape(4103),
  ...databaseShape,
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  FILE_STORAGE_PORT: port().default(9000).describe('Port on which files kept in a folder are served.'),
  STORAGE_QUOTA_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(1024 ** 3)
    .describe('What one user may store, in bytes.'),
  CORS_ORIGINS: commaList()
    .prefault('http://localhost:3000')
    .describe('Pages that may use the school from a browser, by comma.'),
});

export type FilesConfig = ConfigOf<typeof filesConfig>;
