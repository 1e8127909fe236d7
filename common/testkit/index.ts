export { createTestDatabase, type TestDatabase } from './test-database';
export { createTestRedis, startOwnRedis } from './test-redis';
export { findTestTool } from './test-tool';
export { eventually, type EventuallyOptions } from './eventually';
export { temporaryFolder } from './temporary-folder';
export { testIdentity, asViewer } from './identity';
export { startSubgraph, type TestSubgraph } from './subgraph';
export { statementsOf } from './statements';
export { freePort } from '../local-servers';
