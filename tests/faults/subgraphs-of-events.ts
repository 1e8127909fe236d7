import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSubgraph } from '../../common/testkit';
import { composeSupergraph } from '../../scripts/schema/compose';

const REALTIME_SDL = join(__dirname, '..', '..', 'realtime', 'schema.graphql');

interface Reference {
  readonly id: string;
}

/** The subgraphs behind the events of the fault test, on free ports: everybody may see everything. */
export async function startSubgraphsOfEvents() {
  const self = (reference: Reference): Reference => reference;
  const notes = await startSubgraph(
    'notes',
    `type Query { notebookAudience(notebookId: String!, userIds: [String!]!): [String!]! @inaccessible }
     type Notebook @key(fields: "id") { id: ID! @sameForAll title: String! @sameForAll }
     type Page @key(fields: "id") { id: ID! @sameForAll text: String! @sameForAll }
     type ImportJob @key(fields: "id") { id: ID! @sameForAll }`,
    {
      Query: { notebookAudience: (_root: never, { userIds }: { userIds: string[] }) => userIds },
      Notebook: { __resolveReference: self, title: () => 'Biology' },
      Page: { __resolveReference: self, text: ({ id }: Reference) => `text of ${id}` },
      ImportJob: { __resolveReference: self },
    },
  );
  const assistant = await startSubgraph(
    'assistant',
    `type Query { nothing: String }
     type Notebook @key(fields: "id") { id: ID! @sameForAll summary: String @sameForAll }`,
    { Notebook: { __resolveReference: self, summary: () => 'Cells' } },
  );
  const realtime = { name: 'realtime', url: 'http://127.0.0.1:1/graphql', sdl: readFileSync(REALTIME_SDL, 'utf8') };
  return {
    supergraph: composeSupergraph([notes, assistant, realtime]),
    environment: { NOTES_URL: notes.url, ASSISTANT_URL: assistant.url },
    close: async () => void (await Promise.all([notes.close(), assistant.close()])),
  };
}
