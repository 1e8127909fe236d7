import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, serviceShape } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';

export const classesConfig = defineConfig('classes', {
  ...serviceShape(4102),
  ...databaseShape,
  ...redisShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
});

export type ClassesConfig = ConfigOf<typeof classesConfig>;
