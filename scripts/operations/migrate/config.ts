import { defineConfig, secret, url } from '@terakoya/common/config';

export const migrateConfig = defineConfig('migrate', {
  DATABASE_URL: url('postgres', 'postgresql').describe('PostgreSQL as a user that may create roles and schemas.'),
  DATABASE_ROLE_SECRET: secret(32).describe(
    "The passwords of the services' database roles are made from it; only jobs need it.",
  ),
});
