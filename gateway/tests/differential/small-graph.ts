import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, type GraphQLSchema, execute, parse } from 'graphql';

import { composeSupergraph } from '../../../scripts/schema/compose';
import type { SubgraphClient } from '../../src/execution';
import { type GatewayAnswer, openExecution, runOperation } from './run-operation';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", ' +
  '"@requires", "@inaccessible", "@interfaceObject"])';

/** A resolver's error with a code that clients may see. */
export const fail = (code = 'CONFLICT') => {
  throw new GraphQLError('broken', { extensions: { code } });
};
/** What is expected of an error. */
export const errorAt = (path: readonly (string | number)[], code: unknown = expect.any(String)) => ({
  message: expect.any(String),
  path,
  extensions: expect.objectContaining({ code }),
});
/** The resolver of an abstract type whose objects tell their `type`. */
export const typed = { __resolveType: ({ type }: { type: string }) => type };
/** The resolver of an entity of which the key is all that is known. */
export const keyed = { __resolveReference: ({ id }: { id: string }) => ({ id }) };

type Resolver = (parent: never, args: never) => unknown;

/** A subgraph written by hand: its SDL without the link to federation, and resolvers by type. */
export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

/** Composes the subgraphs, executes one operation on them in this process, and tells what was answered and asked. */
export async function runOn(
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GatewayAnswer & { readonly requests: readonly string[] }> {
  const services = Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    url: `http://${name}.test`,
    sdl: `${LINK}\n${sdl}`,
  }));
  const schemas = new Map(services.map(({ name, sdl }) => [name, schemaOf(sdl, subgraphs[name]?.resolvers ?? {})]));
  const requests: string[] = [];
  const execution = openExecution(composeSupergraph(services), { client: clientOf(schemas, requests) });
  const answer = await runOperation(execution, { document: parse(query), variables });
  return { ...answer, requests };
}

function schemaOf(sdl: string, resolvers: SmallSubgraph['resolvers']): GraphQLSchema {
  const typed = resolvers as never; // typed by Apollo's own map
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: typed }]);
}

function clientOf(schemas: ReadonlyMap<string, GraphQLSchema>, requests: string[]): SubgraphClient {
  return {
    async fetch({ subgraph, body }) {
      const { query, variables: variableValues }: { query: string; variables: Record<string, unknown> } =
        JSON.parse(body);
      requests.push(`${subgraph}: ${query} ${JSON.stringify(variableValues)}`);
      const schema = schemas.get(subgraph);
      if (!schema) throw new Error(`There is no subgraph ${subgraph}.`);
      const { data = null, errors = [] } = await execute({ schema, document: parse(query), variableValues });
      return JSON.parse(JSON.stringify({ data, errors }));
    },
    check: async () => undefined,
    close: async () => undefined,
  };
}

/** Expects data in this order, and no errors. */
export async function expectData(
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  query: string,
  data: unknown,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const answer = await runOn(subgraphs, query, variables);
  expect(JSON.stringify([answer.data, answer.errors])).toBe(JSON.stringify([data, []])); // in this order too
}
