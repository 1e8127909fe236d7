/** The process of all subgraphs, each on the HTTP host that our services have; tells their URLs over IPC. */
import { createHttpHost } from '../../common/http';
import type { SubgraphsReady } from '../gateway/graph/main';
import { RememberingServer } from '../gateway/graph/remembering-server';
import { SUBGRAPHS } from '../gateway/graph/subgraphs';

async function main(): Promise<void> {
  const started = await Promise.all(SUBGRAPHS.map(start));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ urls: Object.fromEntries(started) } satisfies SubgraphsReady);
}

async function start({ name, schema }: (typeof SUBGRAPHS)[number]): Promise<readonly [string, string]> {
  const remembering = new RememberingServer(schema);
  const host = createHttpHost({
    service: name,
    host: '127.0.0.1',
    port: 0,
    handle: async (request, response) => remembering.handle(request, response),
  });
  host.server.keepAliveTimeout = 0; // a gateway that is not on its turn keeps its connections
  const { port } = await host.start();
  return [name, `http://127.0.0.1:${port}/graphql`];
}

void main();
