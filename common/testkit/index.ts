export { createTestDatabase, type TestDatabase } from './test-database';
export { createTestRedis, startOwnRedis } from './test-redis';
export { eventually } from './eventually';
export { temporaryFolder } from './temporary-folder';
export { testIdentity, asViewer } from './identity';
