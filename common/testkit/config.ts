/** The servers of this test run, as the global setup left them in the environment. */
export function testServers(): { readonly databaseUrl: string; readonly redisUrl: string } {
  const databaseUrl = process.env.TERAKOYA_TEST_DATABASE_URL;
  const redisUrl = process.env.TERAKOYA_TEST_REDIS_URL;
  if (!databaseUrl || !redisUrl) throw new Error('The global setup of jest has not run: use `npm test`.');
  return { databaseUrl, redisUrl };
}

/** Whether a missing tool fails the run, instead of skipping the tests that need it. */
export function isContinuousIntegration(): boolean {
  return process.env.CI === 'true';
}
