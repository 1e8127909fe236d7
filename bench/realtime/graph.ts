import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

import { withLinks } from '../../common/graphql';

/** The notebook everybody watches. */
export const NOTEBOOK_ID = '00000000-0000-4000-8000-000000000001';
const PAGES = 64;

/** Fields of two subgraphs beside the event's own. */
export const QUERY = `subscription Watch($id: ID!) {
  notebookChanged(id: $id) {
    kind
    cursor
    occurredAt
    page { id number text }
    notebook { id title summary }
  }
}`;

export function pageIdOf(index: number): string {
  return `00000000-0000-4000-9000-${String(index % PAGES).padStart(12, '0')}`;
}

export interface BenchSubgraph {
  readonly name: 'notes' | 'assistant';
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

interface Reference {
  readonly id: string;
}

const self = (reference: Reference): Reference => reference;
const numberOf = ({ id }: Reference): number => Number(id.slice(-12)) + 1;

export const SUBGRAPHS: readonly BenchSubgraph[] = [
  subgraph(
    'notes',
    `type Query { notebookAudience(notebookId: String!, userIds: [String!]!): [String!]! @inaccessible }
     type Notebook @key(fields: "id") { id: ID! @sameForAll title: String! @sameForAll }
     type Page @key(fields: "id") { id: ID! @sameForAll number: Int! @sameForAll text: String! @sameForAll }
     type ImportJob @key(fields: "id") { id: ID! @sameForAll }`,
    {
      Query: { notebookAudience: (_root: never, { userIds }: { userIds: string[] }) => userIds },
      Notebook: { __resolveReference: self, title: () => 'Biology, second year: the cell' },
      Page: {
        __resolveReference: self,
        number: numberOf,
        text: (page: Reference) => `Page ${numberOf(page)}: the cell is the smallest unit of what lives. `.repeat(4),
      },
      ImportJob: { __resolveReference: self },
    },
  ),
  subgraph(
    'assistant',
    `type Query { nothing: String }
     type Notebook @key(fields: "id") { id: ID! @sameForAll summary: String @sameForAll }`,
    { Notebook: { __resolveReference: self, summary: () => 'Cells: what they are made of, and how they divide.' } },
  ),
];

function subgraph(name: BenchSubgraph['name'], types: string, resolvers: object): BenchSubgraph {
  const sdl = withLinks(types);
  // @apollo/subgraph types resolvers by its own map, which this is
  return { name, sdl, schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]) };
}
