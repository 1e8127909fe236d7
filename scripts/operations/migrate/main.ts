/** `npm run migrate`: brings the named database up to date, once, before the services of this release start. */
import { ConfigurationError } from '@terakoya/common/errors';

import { migrateConfig } from './config';
import { migrate } from './migrate';

async function main(): Promise<void> {
  const began = performance.now();
  const { DATABASE_URL: adminUrl, DATABASE_ROLE_SECRET: roleSecret } = migrateConfig.read(process.env);
  await migrate({ adminUrl, roleSecret: roleSecret.reveal(), report: (line) => console.log(`  ${line}`) });
  console.log(`The database is up to date after ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof ConfigurationError ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
