import { buildSchema } from 'graphql';

import { findBadHabits } from './habits';

const GOOD = `
"""Asked."""
type Query {
  """A page by id."""
  page(
    """Its id."""
    id: ID!
  ): Page
  """Pages."""
  pages("""How many." """ first: Int, """After which." """ after: String): PageConnection!
  """Found."""
  search(input: SearchInput!): String
}
"""What is searched for."""
input SearchInput { """The words, at most 5." """ words: [String!] }
"""Found by id."""
interface Node { """Opaque.""" id: ID! }
"""A page."""
type Page implements Node {
  """Opaque."""
  id: ID!
  """Key words; at most 12."""
  keywords: [String!]!
  """How far."""
  state: State
}
"""How far a page is."""
enum State { """Begun.""" NEW }
"""A part of a list."""
type PageConnection { """The items.""" edges: [PageEdge!]! """Where it ends.""" pageInfo: PageInfo! }
"""An item."""
type PageEdge { """Where.""" cursor: String! """What.""" node: Page! }
"""Where it ends."""
type PageInfo {
  """Next."""
  hasNextPage: Boolean!
  """Previous."""
  hasPreviousPage: Boolean!
  """First."""
  startCursor: String
  """Last."""
  endCursor: String
}
`.replaceAll('." """', '."""');

const habitsOf = (sdl: string) => findBadHabits(buildSchema(sdl), ['Page']);

test('a schema that is as we make them is left in peace', () => {
  expect(habitsOf(GOOD)).toEqual([]);
});

test.each([
  ['a type without a word', '"""A page."""', '', 'Page has no description.'],
  ['a field with blanks for words', '"""How far."""', '" "', 'Page.state has no description.'],
  ['an argument', '"""Its id."""', '', 'Query.page(id:) has no description.'],
  ['a value', '"""Begun."""', '', 'State.NEW has no description.'],
  ['an input field', '"""The words, at most 5."""', '"at most 5 "', ''],
  ['a list without an end', 'Key words; at most 12.', 'Key words.', 'Page.keywords is a list without an end'],
  ['an input list without an end', 'words, at most 5', 'words', 'SearchInput.words is a list without an end'],
  [
    'a connection that is not paged',
    '"""After which.""" after: String',
    '',
    'Query.pages gives a connection and must take first and after.',
  ],
  ['a connection without cursors', '"""Where.""" cursor: String!', '', 'PageConnection is no connection'],
  ['half a page info', '"""First."""\n  startCursor: String', '', 'PageConnection is no connection'],
  [
    'a deprecation without a day',
    'state: State',
    'state: State @deprecated(reason: "Use keywords.")',
    'Page.state is deprecated: say what to use instead',
  ],
  [
    'a deprecation without a reason',
    'state: State',
    'state: State @deprecated',
    'Page.state is deprecated: say what to use instead',
  ],
  ['a deprecated value', 'NEW }', 'NEW @deprecated }', 'State.NEW is deprecated'],
  [
    'a whole deprecation',
    'state: State',
    'state: State @deprecated(reason: "Use keywords instead. Until 2027-03-31.")',
    '',
  ],
  ['an id without node', 'type Page implements Node', 'type Page', 'Page has an id and must implement Node.'],
  [
    'a node that node does not know',
    'type PageEdge {',
    'type PageEdge implements Node { "x" id: ID!',
    'PageEdge is a Node and must be in NODE_TYPES.',
  ],
])('%s', (_what, good, bad, habit) => {
  expect(GOOD).toContain(good);
  const found = habitsOf(GOOD.replace(good, bad));
  expect(found.map((line) => line.slice(0, habit.length))).toEqual(habit === '' ? [] : [habit]);
});

test('a node of which no subgraph knows more than its id', () => {
  const schema = buildSchema(`${GOOD} """Lost.""" type Stub implements Node { """Opaque.""" id: ID! }`);
  expect(findBadHabits(schema, ['Page', 'Stub'])).toEqual(['Stub is in NODE_TYPES, and no subgraph knows more of it.']);
});
