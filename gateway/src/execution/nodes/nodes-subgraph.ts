import DataLoader from 'dataloader';
import { type DocumentNode, GraphQLError, buildASTSchema, execute, parse } from 'graphql';

import { type NodeReference, parseId } from '@terakoya/common/global-ids';
import { BadInputError } from '@terakoya/common/errors';

import { BoundedCache } from '../bounded-cache';
import { type ErrorPolicy, failureOf } from '../response-errors';
import type { SubgraphClient, SubgraphRequest } from '../subgraphs/subgraph-client';
import { type SubgraphResponse, isRecord } from '../subgraphs/subgraph-response';
import { MOST_NODES, NODES, NODES_SDL } from './nodes-sdl';
import { type NodeAsker, type NodeStub, findVisibleNodes } from './visible-nodes';

type NodeLoader = DataLoader<NodeReference, NodeStub | null, string>;

const schema = buildASTSchema(parse(NODES_SDL), { assumeValidSDL: true }); // it needs nothing of federation to run

/** The root fields; an id that is none of ours leads to nothing, like one of something that is gone. */
const rootValue = {
  node: ({ id }: { readonly id: string }, nodes: NodeLoader) => loadNode(nodes, id),
  nodes({ ids }: { readonly ids: readonly string[] }, nodes: NodeLoader) {
    if (ids.length > MOST_NODES) throw new BadInputError('ids', `must be at most ${MOST_NODES}`);
    return ids.map((id) => loadNode(nodes, id));
  },
};

function loadNode(nodes: NodeLoader, id: string): Promise<NodeStub | null> | null {
  const reference = parseId(id);
  return reference && nodes.load(reference);
}

/** Documents of plans: as many as there are operations that ask for nodes. */
const MOST_DOCUMENTS = 200;
const MOST_CHARACTERS = 200_000;

/** A client that answers for the subgraph `nodes` by itself and asks the others through `client`. */
export function withNodes(client: SubgraphClient, errors: ErrorPolicy): SubgraphClient {
  const documents = new BoundedCache<DocumentNode>(MOST_DOCUMENTS, MOST_CHARACTERS);
  return {
    fetch: async (request) =>
      request.subgraph === NODES ? answer(client, errors, documents, request) : client.fetch(request),
    check: async (subgraph) => (subgraph === NODES ? undefined : client.check(subgraph)),
    close: () => client.close(),
  };
}

async function answer(
  client: SubgraphClient,
  policy: ErrorPolicy,
  documents: BoundedCache<DocumentNode>,
  { subgraph: _nodes, body, ...asker }: SubgraphRequest,
): Promise<SubgraphResponse> {
  const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> }; // the plan's
  const document = documents.get(query) ?? parse(query, { noLocation: true });
  documents.set(query, document, query.length);
  const contextValue = createNodeLoader(client, asker);
  const { data, errors = [] } = await execute({ schema, document, rootValue, contextValue, variableValues: variables });
  return { data: isRecord(data) ? data : null, errors: errors.map((error) => told(error, policy)) };
}

/** Asks for all nodes of a request together. */
function createNodeLoader(client: SubgraphClient, asker: NodeAsker): NodeLoader {
  return new DataLoader((nodes: readonly NodeReference[]) => findVisibleNodes(client, asker, nodes), {
    cacheKeyFn: ({ type, key }) => `${type} ${key}`,
  });
}

function told(error: GraphQLError, policy: ErrorPolicy): SubgraphResponse['errors'][number] {
  return { ...failureOf(error.originalError ?? error, policy), ...(error.path ? { path: error.path } : {}) };
}
