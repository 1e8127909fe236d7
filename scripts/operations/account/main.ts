/** `npm run account`: makes the account of ACCOUNT_EMAIL with ACCOUNT_ROLE, or gives it that role when it is there. */
import { messageOf } from '@terakoya/common/errors';

import { accountConfig } from './config';
import { ensureAccount } from './ensure-account';

async function main(): Promise<void> {
  const config = accountConfig.read(process.env);
  const outcome = await ensureAccount({
    databaseUrl: config.DATABASE_URL,
    email: config.ACCOUNT_EMAIL,
    role: config.ACCOUNT_ROLE,
    name: config.ACCOUNT_NAME,
    password: config.ACCOUNT_PASSWORD?.reveal(),
  });
  console.log(`${config.ACCOUNT_EMAIL} is ${config.ACCOUNT_ROLE} (${outcome}).`);
}

main()
  .catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  })
  .finally(() => process.connected && process.disconnect());
