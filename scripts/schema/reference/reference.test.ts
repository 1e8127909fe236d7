import { buildSchema } from 'graphql';

import { ERROR_CODES } from '../../../common/errors';
import { writeReference } from './reference';

const notes = `
  """Asked."""
  type Query {
    """Pages by what they say."""
    pages(
      """How many to return, 1 to 100."""
      first: Int! = 20
      """Return those after this cursor (\`pageInfo.endCursor\`)."""
      after: String
      """What they
      say."""
      query: String!
    ): PageConnection!
    """The newest."""
    page: Page @deprecated(reason: "Use pages instead. Until 2027-03-31.")
  }
  """A page."""
  type Page { """Words; at most 5.""" words("""How many to return, 1 to 1000.""" first: Int! = 100): [String!]! """How far.""" state: State! }
  """How far a page is."""
  enum State { """Begun.""" NEW }
  """List."""
  type PageConnection { edges: [PageEdge!]! }
  """Item."""
  type PageEdge { node: Page! }
`;
const subgraph = { name: 'notes', url: '', sdl: notes };
const text = writeReference(buildSchema(notes), [subgraph]);

test('tells each operation in its domain, with its own arguments', () => {
  expect(text).toContain('## Notebooks, pages and imports');
  expect(text).toContain(
    '### query pages\n\n' +
      '`pages(first: Int! = 20, after: String, query: String!)`: [`PageConnection!`](#page) — Pages by what they say.\n\n' +
      '- `query`: `String!` — What they say.\n\n',
  );
});

test('tells each type and its fields, and leads from one to another', () => {
  expect(text).toContain('### Page\n\nObject. A page.\n\n');
  expect(text).toContain(
    '- `words(first: Int! = 100)`: `[String!]!` — Words; at most 5.\n  - `first`: `Int!` — How many to return, 1 to 1000.\n',
  );
  expect(text).toContain('- `state`: [`State!`](#state) — How far.');
  expect(text).toContain('### State\n\nOne of. How far a page is.\n\n- `NEW` — Begun.');
  expect(text).not.toContain('### PageConnection');
});

test('tells every error code and every deprecation', () => {
  for (const code of Object.keys(ERROR_CODES)) expect(text).toContain(`| \`${code}\``);
  expect(text).toContain('- `Query.page` — The newest. **Deprecated:** Use pages instead. Until 2027-03-31.');
});

test('a subgraph without a domain is told', () => {
  const write = () => writeReference(buildSchema(notes), [{ ...subgraph, name: 'lamps' }]);
  expect(write).toThrow('Name the domain of lamps');
});
