import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

type Resolver = (parent: never, args: never) => unknown;

export interface BenchSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

interface Reference {
  readonly id: string;
}

export const CLASSES = 10;
export const PUPILS = 10;

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const WEEKDAYS = ['Monday', 'Wednesday', 'Friday'];
const count = (length: number) => Array.from({ length }, (_value, index) => index);
const self = (reference: Reference) => reference;

/** A whole number below `range` that is always the same for a text: our data needs no store. */
function numberOf(text: string, range: number): number {
  let hash = 7;
  for (let index = 0; index < text.length; index += 1) hash = (hash * 31 + text.charCodeAt(index)) % 1_000_003;
  return hash % range;
}

/** Ids tell where things are: class 3 of school 7 is `7-3`, its pupil 5 is `7-3-5`. No two schools share anything. */
const classesOf = ({ id }: Reference) => count(CLASSES).map((index) => ({ id: `${id}-${index}` }));
const pupilsOf = ({ id }: Reference) => count(PUPILS).map((index) => ({ id: `${id}-${index}` }));

const classes = subgraph(
  'classes',
  `type Query { school(id: ID!): School pupils(school: ID!): [User!]! }
   type School @key(fields: "id") { id: ID! name: String! classes: [Class!]! }
   type Class @key(fields: "id") { id: ID! title: String! room: Int! lessons: [Lesson!]! pupils: [User!]! }
   type Lesson { day: String! from: String! minutes: Int! }
   type User @key(fields: "id", resolvable: false) { id: ID! }`,
  {
    Query: {
      school: (_parent, { id }: Reference) => ({ id }),
      pupils: (_parent, { school }: { school: string }) => classesOf({ id: school }).flatMap(pupilsOf),
    },
    School: { name: ({ id }: Reference) => `School ${id}`, classes: classesOf },
    Class: {
      __resolveReference: self,
      title: ({ id }: Reference) => `Class ${id}: reading, writing and arithmetic`,
      room: ({ id }: Reference) => 100 + numberOf(id, 40),
      lessons: ({ id }: Reference) =>
        WEEKDAYS.map((day, index) => ({ day, from: `${8 + index}:00`, minutes: 45 + numberOf(id + day, 45) })),
      pupils: pupilsOf,
    },
  },
);

const users = subgraph(
  'users',
  `type Query { user(id: ID!): User }
   type User @key(fields: "id") { id: ID! name: String! email: String! joined: String! avatar: Avatar! }
   type Avatar { url: String! width: Int! height: Int! }`,
  {
    Query: { user: (_parent, { id }: Reference) => ({ id }) },
    User: {
      __resolveReference: self,
      name: ({ id }: Reference) => `Pupil ${id} Yamada`,
      email: ({ id }: Reference) => `pupil-${id}@school.example`,
      joined: ({ id }: Reference) => `2026-0${1 + numberOf(id, 9)}-01T08:00:00.000Z`,
      avatar: ({ id }: Reference) => ({ url: `https://files.example/avatars/${id}.webp`, width: 128, height: 128 }),
    },
  },
);

const notes = subgraph(
  'notes',
  `type Query { notebook(id: ID!): Notebook }
   type User @key(fields: "id") { id: ID! latest: Notebook }
   type Notebook @key(fields: "id") { id: ID! title: String! pages: Int! tags: [String!]! cover: File }
   type File @key(fields: "id", resolvable: false) { id: ID! }`,
  {
    Query: { notebook: (_parent, { id }: Reference) => ({ id }) },
    User: { __resolveReference: self, latest: ({ id }: Reference) => ({ id: `n-${id}` }) },
    Notebook: {
      __resolveReference: self,
      title: ({ id }: Reference) => `Notebook ${id}: what we did this week`,
      pages: ({ id }: Reference) => 1 + numberOf(id, 60),
      tags: ({ id }: Reference) => ['weekly', `subject-${numberOf(id, 8)}`],
      cover: ({ id }: Reference) => ({ id: `f-${id}` }),
    },
  },
);

const marks = subgraph(
  'marks',
  `type Query { bestMark: Mark }
   type User @key(fields: "id") { id: ID! mark: Mark }
   type Mark { value: Float! comment: String }
   type Class @key(fields: "id") { id: ID! tasks: [Task!]! }
   type Task { id: ID! title: String! due: String! average: Float }`,
  {
    Query: { bestMark: () => ({ value: 1, comment: null }) },
    User: {
      __resolveReference: self,
      mark: ({ id }: Reference) => ({
        value: 1 + numberOf(id, 50) / 10,
        comment: numberOf(id, 3) === 0 ? null : 'Good work; the last page is “missing” a figure.',
      }),
    },
    Class: {
      __resolveReference: self,
      tasks: ({ id }: Reference) =>
        count(2).map((index) => ({ id: `t-${id}-${index}`, title: `Task ${index}`, due: '2026-12-01', average: 2.5 })),
    },
  },
);

const files = subgraph(
  'files',
  `type Query { file(id: ID!): File }
   type File @key(fields: "id") { id: ID! name: String! mediaType: String! bytes: Int! preview: String }`,
  {
    Query: { file: (_parent, { id }: Reference) => ({ id }) },
    File: {
      __resolveReference: self,
      name: ({ id }: Reference) => `cover-${id}.png`,
      mediaType: () => 'image/png',
      bytes: ({ id }: Reference) => 10_000 + numberOf(id, 90_000),
      preview: ({ id }: Reference) => (numberOf(id, 10) === 0 ? null : `https://files.example/previews/${id}.webp`),
    },
  },
);

/** A small school in five subgraphs: what a pupil is made of lies in four of them. */
export const SUBGRAPHS: readonly BenchSubgraph[] = [classes, users, notes, marks, files];

function subgraph(name: string, types: string, resolvers: Record<string, Record<string, Resolver>>): BenchSubgraph {
  const sdl = `${LINK}\n${types}`;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]); // typed by Apollo's own map
  return { name, sdl, schema };
}
