import { type TestSubgraph, startSubgraph } from '@terakoya/common/testkit';
import { NotFoundError } from '@terakoya/common/errors';

import { composeSupergraph } from '../../scripts/schema/compose';

const LAMPS = `
  type Query { lamp(id: ID!): Lamp lamps: [Lamp!]! whoAmI: String broken: String hidden: Lamp }
  type Mutation { light(id: ID!): Lamp! }
  input Colour { red: Int! green: Int = 0 }
  type Lamp @key(fields: "id") { id: ID! name(shout: Boolean = false): String! tint(colour: Colour): String }
`;
const SHADES = `
  type Query { shades: [Shade!]! }
  type Lamp @key(fields: "id") { id: ID! shade: Shade cover: Shade! }
  type Shade { colour: String! owner: String }
`;
const EVENTS = `
  type Lamp @key(fields: "id", resolvable: false) { id: ID! }
  type LampChange { kind: String! lamp: Lamp }
  type Subscription { lampChanged(id: ID!, after: String): LampChange! }
`;

/** Two subgraphs that share an entity and one with a subscription, composed. */
export async function startTinyGraph() {
  const lampOf = ({ id }: { id: string }) => ({ id, name: `lamp ${id}` });
  const lights: string[] = [];
  const lamps = await startSubgraph('lamps', LAMPS, {
    Query: {
      lamp: (_parent, { id }: { id: string }) => {
        if (id === 'none') throw new NotFoundError('lamp', id);
        return lampOf({ id });
      },
      lamps: () => ['a', 'b', 'c'].map((id) => lampOf({ id })),
      whoAmI: (_parent, _args, { viewer }) => viewer?.userId ?? null,
      broken: () => {
        throw new Error('password=hunter2');
      },
      hidden: () => lampOf({ id: 'uncovered' }),
    },
    Mutation: {
      light: (_parent, { id }: { id: string }) => {
        lights.push(id);
        return lampOf({ id });
      },
    },
    Lamp: {
      __resolveReference: lampOf,
      name: ({ name }: { name: string }, { shout }: { shout: boolean }) => (shout ? name.toUpperCase() : name),
      tint: (_parent, { colour }: { colour: { red: number; green: number } }) => `${colour.red}/${colour.green}`,
    },
  });
  const shadeOf = (id: string, userId: string | undefined) => ({ colour: `colour of ${id}`, owner: userId ?? null });
  const shades = await startSubgraph('shades', SHADES, {
    Query: { shades: () => [] },
    Lamp: {
      __resolveReference: ({ id }: { id: string }) => (id === 'uncovered' ? null : { id }),
      shade: ({ id }: { id: string }, _args, { viewer }) => shadeOf(id, viewer?.userId),
      cover: ({ id }: { id: string }, _args, { viewer }) => shadeOf(id, viewer?.userId),
    },
  });
  const events = { name: 'events', url: 'http://127.0.0.1:1/graphql', sdl: EVENTS_SDL };
  return {
    lamps,
    shades,
    lights,
    supergraphSdl: composeSupergraph([lamps, shades, events]),
    urls: new Map([lamps, shades].map(({ name, url }: TestSubgraph) => [name, url])),
    close: async () => void (await Promise.all([lamps.close(), shades.close()])),
  };
}

const EVENTS_SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n${EVENTS}`;
export type TinyGraph = Awaited<ReturnType<typeof startTinyGraph>>;
