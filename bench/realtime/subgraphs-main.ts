/** The process of the subgraphs: tells their URLs, and when asked how many fetches they had, over IPC. */
import { RememberingServer } from '../gateway/graph/remembering-server';
import { SUBGRAPHS } from './graph';

async function main(): Promise<void> {
  const servers = SUBGRAPHS.map(({ schema }) => new RememberingServer(schema));
  const started = await Promise.all(servers.map((server) => server.start()));
  process.on('message', () => process.send?.({ fetches: servers.map(({ counts }) => counts.fetches) }));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ urls: Object.fromEntries(SUBGRAPHS.map(({ name }, index) => [name, started[index]?.url ?? ''])) });
}

void main();
