import { stopStartedServers } from './started-servers';

/** Stops what the global setup started, and removes its data. */
export default async function globalTeardown(): Promise<void> {
  await stopStartedServers();
}
