import { NODE_TYPES, type NodeName, type NodeReference, encodeId } from '@terakoya/common/global-ids';
import { SchoolError } from '@terakoya/common/errors';

import { isKnownCode } from '../response-errors';
import type { SubgraphClient, SubgraphRequest } from '../subgraphs/subgraph-client';
import type { SubgraphError, SubgraphResponse } from '../subgraphs/subgraph-response';

/** For whom, and in which trace, something is asked. */
export type NodeAsker = Omit<SubgraphRequest, 'subgraph' | 'body'>;

/** A node as other subgraphs are told of it. */
export interface NodeStub {
  readonly __typename: NodeName;
  readonly id: string;
}

const QUERY = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';

/** Such an answer means that there is nothing to see, and no more is told. */
const REFUSALS: ReadonlySet<unknown> = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);

/**
 * Asks the home of each type which of the nodes the asker may see: one request to each subgraph. Null stands for those
 * that do not exist or may not be seen, an Error for those of which it could not be told.
 */
export async function findVisibleNodes(
  client: SubgraphClient,
  asker: NodeAsker,
  nodes: readonly NodeReference[],
): Promise<(NodeStub | null | Error)[]> {
  const found = new Map<NodeReference, NodeStub | null | Error>();
  const byHome = Map.groupBy(nodes, ({ type }) => NODE_TYPES[type].home);
  const asked = [...byHome].map(async ([home, group]) => {
    const stubs = group.map(({ type, key }) => ({ __typename: type, id: encodeId(type, key) }));
    const answers = await askHome(client, { ...asker, subgraph: home }, stubs);
    for (const [index, node] of group.entries()) found.set(node, answers[index] ?? null);
  });
  await Promise.all(asked);
  return nodes.map((node) => found.get(node) ?? null);
}

async function askHome(
  client: SubgraphClient,
  request: Omit<SubgraphRequest, 'body'>,
  stubs: readonly NodeStub[],
): Promise<(NodeStub | null | Error)[]> {
  try {
    const body = JSON.stringify({ query: QUERY, variables: { representations: stubs } });
    const response = await client.fetch({ ...request, body });
    return stubs.map((stub, index) => answerOf(stub, index, response));
  } catch (error) {
    return stubs.map(() => (error instanceof Error ? error : new Error('The subgraph cannot be asked.')));
  }
}

function answerOf(stub: NodeStub, index: number, { data, errors }: SubgraphResponse): NodeStub | null | Error {
  const entities = Array.isArray(data?._entities) ? (data._entities as unknown[]) : [];
  const isThere = entities[index] !== null && entities[index] !== undefined;
  if (isThere) return stub;
  const error = errors.find(({ path }) => !path || path.length < 2 || path[1] === index);
  return !error || REFUSALS.has(error.extensions?.code) ? null : toError(error);
}

function toError({ message, extensions = {} }: SubgraphError): Error {
  const { code } = extensions;
  return isKnownCode(code) ? new SchoolError(code, message) : new Error(message);
}
