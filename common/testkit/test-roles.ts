import { prepareDatabase, roleUrl } from '../database';

/** Roles belong to the whole server, which test files share: were their passwords to differ, files would lock each other out. */
export const TEST_ROLE_SECRET = 'role-secret-for-tests';

/** Makes the roles and schemas of subgraphs in a test's own database. */
export function prepareTestRoles(databaseUrl: string, ...subgraphs: readonly string[]): Promise<void> {
  return prepareDatabase({ adminUrl: databaseUrl, subgraphs, roleSecret: TEST_ROLE_SECRET });
}

/** A test's database as one role sees it. */
export function testRoleUrl(databaseUrl: string, role: string): string {
  return roleUrl(databaseUrl, role, TEST_ROLE_SECRET);
}
