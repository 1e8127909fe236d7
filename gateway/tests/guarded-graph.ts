import { type TestSubgraph, startSubgraph } from '@terakoya/common/testkit';

import { composeSupergraph } from '../../scripts/schema/compose';

const SHOP = `
  type Query {
    open: String @cacheControl(maxAge: 60)
    item(id: ID!): Item @cacheControl(maxAge: 60)
    mine: Mine @cacheControl(maxAge: 60, scope: PRIVATE)
    closed: String @authenticated
    closedFirmly: String! @authenticated
    teachersOnly: String @policy(policies: [["teaches"]])
    adminsOnly: String @requiresScopes(scopes: [["users:write"]])
    items: [Item!]! @listSize(assumedSize: 3)
    things: [Thing!]!
    vault: Vault
    firmVault: Vault!
  }
  type Mutation {
    signIn(password: String!): String
    signUp(password: String!): String
    paint(id: ID!, colour: String!): Item
    burn(id: ID!): Boolean @requiresScopes(scopes: [["users:write"]])
  }
  interface Thing { id: ID! secret: String }
  type Item implements Thing @key(fields: "id") @cacheControl(maxAge: 60) {
    id: ID!
    name: String!
    colour: String!
    secret: String @authenticated
    firmSecret: String! @authenticated
    neighbours: [Item!] @listSize(assumedSize: 2)
  }
  type Toy implements Thing { id: ID! secret: String fun: Int! }
  type Vault @authenticated { gold: Int! }
  type Mine @cacheControl(maxAge: 60) { owner: String }
`;
const STOCK = `
  type Query { nothing: String }
  type Item @key(fields: "id") { id: ID! stock: Int @policy(policies: [["teaches"]]) }
`;

/** Two subgraphs whose schema says who may ask for what, and a record of what they were really asked. */
export async function startGuardedGraph() {
  const asked: string[] = [];
  const colours = new Map<string, string>();
  const say = (what: string, value: unknown) => () => (asked.push(what), value);
  const itemOf = ({ id }: { id: string }) => {
    asked.push(`item ${id}`);
    return { __typename: 'Item', id, name: `item ${id}`, colour: colours.get(id) ?? 'white' };
  };
  const shop = await startSubgraph('shop', SHOP, {
    Query: {
      open: say('open', 'open to all'),
      item: (_parent, given: { id: string }) => itemOf(given),
      mine: (_parent, _given, { viewer }) => (asked.push('mine'), { owner: viewer?.userId ?? null }),
      closed: say('closed', 'secret'),
      closedFirmly: say('closedFirmly', 'secret'),
      teachersOnly: say('teachersOnly', 'secret'),
      adminsOnly: say('adminsOnly', 'secret'),
      items: () => ['a', 'b'].map((id) => itemOf({ id })),
      things: () => [itemOf({ id: 'a' }), { __typename: 'Toy', id: 't', secret: 'squeaks', fun: 5 }],
      vault: say('vault', { gold: 7 }),
      firmVault: say('firmVault', { gold: 7 }),
    },
    Mutation: {
      signIn: (_parent, { password }: { password: string }) => (asked.push(`signIn ${password}`), null),
      signUp: (_parent, { password }: { password: string }) => (asked.push(`signUp ${password}`), null),
      paint: (_parent, { id, colour }: { id: string; colour: string }) => {
        colours.set(id, colour);
        return itemOf({ id });
      },
      burn: (_parent, { id }: { id: string }) => (asked.push(`burn ${id}`), true),
    },
    Item: {
      __resolveReference: itemOf,
      secret: say('secret', 'secret'),
      firmSecret: say('firmSecret', 'secret'),
      neighbours: () => ['n', 'm'].map((id) => itemOf({ id })),
    },
  });
  const stock = await startSubgraph('stock', STOCK, {
    Query: { nothing: () => null },
    Item: { __resolveReference: ({ id }: { id: string }) => ({ id }), stock: say('stock', 3) },
  });
  return {
    asked,
    supergraphSdl: composeSupergraph([shop, stock]),
    urls: new Map([shop, stock].map(({ name, url }: TestSubgraph) => [name, url])),
    close: async () => void (await Promise.all([shop.close(), stock.close()])),
  };
}
export type GuardedGraph = Awaited<ReturnType<typeof startGuardedGraph>>;
