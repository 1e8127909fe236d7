/** Stops what the global setup started; jest runs both in one process. */
export default async function globalTeardown(): Promise<void> {
  const { terakoyaTestServers = [] } = globalThis as { terakoyaTestServers?: { stop(): Promise<void> }[] };
  await Promise.all(terakoyaTestServers.map((server) => server.stop()));
}
