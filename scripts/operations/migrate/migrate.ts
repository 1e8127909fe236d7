import { createDatabase, prepareDatabase, roleUrl } from '@terakoya/common/database';

import { MIGRATIONS, SCHEMAS } from '../owners';

export interface MigrateOptions {
  /** A user that may create roles, schemas and extensions. */
  readonly adminUrl: string;
  readonly roleSecret: string;
  readonly report: (line: string) => void;
  /** Which migrations there are; those of this release unless a test says otherwise. */
  readonly migrations?: typeof MIGRATIONS;
}

/**
 * Brings the database up to date before the services start: roles and schemas, then the migrations of every service as
 * its own role, each schema in one transaction. Safe to run again, and from several machines at once.
 */
export async function migrate({
  adminUrl,
  roleSecret,
  report,
  migrations = MIGRATIONS,
}: MigrateOptions): Promise<void> {
  await prepareDatabase({ adminUrl, subgraphs: SCHEMAS, roleSecret });
  report(`${SCHEMAS.length} roles and schemas are there`);
  for (const schema of SCHEMAS) {
    const url = roleUrl(adminUrl, schema, roleSecret);
    const database = createDatabase({ url, schema, entities: [], migrations: migrations[schema], poolSize: 2 });
    try {
      await database.start();
    } finally {
      await database.close();
    }
    report(`${schema} is up to date (${migrations[schema].length} migrations)`);
  }
}
