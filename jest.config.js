/** One configuration for every suite: real services are started once per run by the global setup. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.next', '/\\.data/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/web/.next/'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...require('./scripts/swc-options'), swcrc: false }] },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['terakoya-source', 'node', 'require', 'default'] },
  globalSetup: '<rootDir>/common/testkit/global-setup.ts',
  globalTeardown: '<rootDir>/common/testkit/global-teardown.ts',
  testTimeout: 30_000,
  maxWorkers: 2,
};
