import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, execute, parse } from 'graphql';

import { composeSupergraph } from '../../../scripts/schema/compose';
import type { SubgraphClient } from '../../src/execution';
import { type GatewayAnswer, openExecution, runOperation } from './run-operation';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", ' +
  '"@requires", "@inaccessible", "@interfaceObject"])';

/** A subgraph written by hand: its SDL without the link to federation, and resolvers by type. */
export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers: Parameters<typeof buildSubgraphSchema>[0] extends infer M ? (M extends readonly { resolvers?: infer R }[] ? R : never) : never;
}

/** Composes the subgraphs, executes one operation on them in this process, and tells what was answered and asked. */
export async function runOn(
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GatewayAnswer & { readonly requests: readonly string[] }> {
  const services = Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, url: `http://${name}.test`, sdl: `${LINK}\n${sdl}` }));
  const schemas = new Map(
    services.map(({ name, sdl }) => [name, buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: subgraphs[name]?.resolvers ?? {} }])]),
  );
  const requests: string[] = [];
  const execution = openExecution(composeSupergraph(services), { client: clientOf(schemas, requests) });
  const answer = await runOperation(execution, { document: parse(query), variables });
  return { ...answer, requests };
}

function clientOf(schemas: ReadonlyMap<string, GraphQLSchema>, requests: string[]): SubgraphClient {
  return {
    async fetch({ subgraph, query, variables }) {
      requests.push(`${subgraph}: ${query}`);
      const schema = schemas.get(subgraph);
      if (!schema) throw new Error(`There is no subgraph ${subgraph}.`);
      const variableValues = JSON.parse(JSON.stringify(variables));
      const { data = null, errors = [] } = await execute({ schema, document: parse(query), variableValues });
      return JSON.parse(JSON.stringify({ data, errors }));
    },
    check: async () => undefined,
    close: async () => undefined,
  };
}
