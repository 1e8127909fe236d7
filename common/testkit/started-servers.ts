interface Stoppable {
  stop(): Promise<void>;
}

/** Jest loads setup and teardown apart, in one process: what they share hangs on the global object. */
const shared = globalThis as { terakoyaTestServers?: readonly Stoppable[] };

export function keepForTeardown(servers: readonly Stoppable[]): void {
  shared.terakoyaTestServers = servers;
}

export async function stopStartedServers(): Promise<void> {
  await Promise.all((shared.terakoyaTestServers ?? []).map((server) => server.stop()));
}
