/** The process of all subgraphs: tells their URLs, and when asked what they were asked, over IPC. */
import { RememberingServer, type SubgraphCounts } from './remembering-server';
import { SUBGRAPHS } from './subgraphs';

export interface SubgraphsReady {
  readonly urls: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
  const servers = SUBGRAPHS.map(({ schema }) => new RememberingServer(schema));
  const started = await Promise.all(servers.map((server) => server.start()));
  const urls = Object.fromEntries(SUBGRAPHS.map(({ name }, index) => [name, started[index]?.url ?? '']));
  process.on('message', () => process.send?.(together(servers.map(({ counts }) => counts))));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ urls } satisfies SubgraphsReady);
}

function together(all: readonly SubgraphCounts[]): SubgraphCounts {
  const sum = (of: keyof SubgraphCounts) => all.reduce((total, counts) => total + counts[of], 0);
  return { fetches: sum('fetches'), entities: sum('entities'), computed: sum('computed'), failed: sum('failed') };
}

void main();
