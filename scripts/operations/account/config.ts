import { z } from 'zod';

import { defineConfig, secret } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';

export const accountConfig = defineConfig('account', {
  DATABASE_URL: databaseShape.DATABASE_URL,
  ACCOUNT_EMAIL: z.email().describe('E-mail of the account that is made, or that is given another role.'),
  ACCOUNT_ROLE: z.enum(['STUDENT', 'TEACHER', 'SUPPORTER', 'ADMIN']).describe('Role of that account.'),
  ACCOUNT_NAME: z.string().min(1).max(100).default('Administrator').describe('Name of an account that is made.'),
  ACCOUNT_PASSWORD: secret(10).optional().describe('Password of an account that is made; not of one that is there.'),
});
