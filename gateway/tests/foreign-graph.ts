import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

import { readBody } from '@terakoya/common/http';

import { composeSupergraph } from '../../scripts/schema/compose';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const TREES = `${LINK} type Query { trees: [Tree!]! slow: String } type Tree @key(fields: "id") { id: ID! kind: String! }`;
const BIRDS = `${LINK} type Tree @key(fields: "id") { id: ID! birds: [String!] }`;

type Resolvers = Record<string, Record<string, (parent: never) => unknown>>;

/** Two subgraphs that know nothing of the school, on bare HTTP servers, and the file of their supergraph. */
export async function startForeignGraph() {
  const release = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const trees = await startPlainSubgraph('trees', TREES, {
    Query: {
      trees: () => [{ id: '1', kind: 'oak' }],
      slow: async () => {
        asked.resolve();
        await release.promise;
        return 'done';
      },
    },
  });
  const birds = await startPlainSubgraph('birds', BIRDS, {
    Tree: { __resolveReference: (tree) => tree, birds: ({ id }: { id: string }) => [`owl of ${id}`] },
  });
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-foreign-'));
  const file = join(folder, 'supergraph.graphql');
  const moved = { ...birds, url: 'http://127.0.0.1:9/graphql' }; // so that only an override finds it
  writeFileSync(file, composeSupergraph([trees, moved]));
  return {
    file,
    trees,
    birds,
    /** Resolves when `slow` is being asked for; it is answered after `release`. */
    slowAsked: asked.promise,
    release: release.resolve,
    close: async () => {
      await Promise.all([trees.close(), birds.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startPlainSubgraph(name: string, sdl: string, resolvers: Resolvers) {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]); // typed by Apollo's own map
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    void readBody(request, 1_000_000).then(async (body) => {
      const { query, variables } = JSON.parse(body);
      const result = await graphql({ schema, source: query, variableValues: variables });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { name, sdl, seen, url: `http://127.0.0.1:${portOf(server)}/graphql`, close: () => closeNow(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function closeNow(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve).closeAllConnections());
}
