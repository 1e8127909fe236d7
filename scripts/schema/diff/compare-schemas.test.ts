import { isAccepted, noteOf, readAcceptedChanges } from './accepted-changes';
import { compareSchemas } from './compare-schemas';

const BEFORE = `
  type Query { page(id: ID!, size: Int = 10): Page }
  """A page."""
  type Page { id: ID! text: String state: State! words: [String!]! }
  enum State { NEW READ }
  input Rename { id: ID! title: String }
`;

test.each([
  ['a field is gone', 'text: String ', '', 'breaking', 'FIELD_REMOVED', 'Page.text'],
  ['a field may be null', 'state: State!', 'state: State', 'breaking', 'FIELD_TYPE_CHANGED', 'Page.state'],
  ['a field is never null', 'text: String ', 'text: String! ', 'safe', 'FIELD_TYPE_CHANGED', 'Page.text'],
  ['a list has other items', '[String!]!', '[Int!]!', 'breaking', 'FIELD_TYPE_CHANGED', 'Page.words'],
  ['a field is new', 'text: String ', 'text: String number: Int ', 'safe', 'FIELD_ADDED', 'Page.number'],
  ['an argument is gone', ', size: Int = 10', '', 'breaking', 'FIELD_ARGUMENT_REMOVED', 'Query.page.size'],
  [
    'an argument must be given',
    'size: Int = 10',
    'size: Int!',
    'breaking',
    'FIELD_ARGUMENT_TYPE_CHANGED',
    'Query.page.size',
  ],
  [
    'an argument is something else when left out',
    'Int = 10',
    'Int = 20',
    'dangerous',
    'FIELD_ARGUMENT_DEFAULT_CHANGED',
    'Query.page.size',
  ],
  [
    'an argument is new',
    'size: Int = 10',
    'size: Int = 10, old: Boolean',
    'dangerous',
    'FIELD_ARGUMENT_ADDED',
    'Query.page.old',
  ],
  ['a value is gone', 'NEW READ', 'NEW', 'breaking', 'ENUM_VALUE_REMOVED', 'State.READ'],
  ['a value is new', 'NEW READ', 'NEW READ LOST', 'dangerous', 'ENUM_VALUE_ADDED', 'State.LOST'],
  ['an input needs more', 'title: String', 'title: String!', 'breaking', 'INPUT_FIELD_TYPE_CHANGED', 'Rename.title'],
  [
    'something is deprecated',
    'text: String ',
    'text: String @deprecated(reason: "Use words.") ',
    'safe',
    'FIELD_DEPRECATION_ADDED',
    'Page.text.@deprecated',
  ],
] as const)('%s', async (_what, old, young, level, type, path) => {
  const changes = await compareSchemas(BEFORE, BEFORE.replace(old, young));
  expect(changes).toContainEqual(expect.objectContaining({ level, type, path }));
  const worst = changes.some((change) => change.level === 'breaking') ? 'breaking' : level;
  expect(worst).toBe(level);
});

test('descriptions are no change, and the same schema has none', async () => {
  expect(await compareSchemas(BEFORE, BEFORE.replace('A page.', 'A leaf.'))).toEqual([]);
  expect(await compareSchemas(BEFORE, BEFORE)).toEqual([]);
});

test('the gravest changes come first', async () => {
  const after = BEFORE.replace('NEW READ', 'NEW READ LOST').replace('text: String ', 'number: Int ');
  expect((await compareSchemas(BEFORE, after)).map(({ level }) => level)).toEqual(['breaking', 'dangerous', 'safe']);
});

test('a breaking change is accepted by a note with its path, its type and a reason', async () => {
  const [removed] = await compareSchemas(BEFORE, BEFORE.replace('text: String ', ''));
  if (!removed) throw new Error('no change was found');
  const accepts = (notes: string) => isAccepted(removed, readAcceptedChanges(notes));
  expect(accepts(`# Changes\n\n${noteOf(removed)}nobody has asked for it since June\n`)).toBe(true);
  expect(accepts(noteOf(removed))).toBe(false);
  expect(accepts('- `Page.text` FIELD_TYPE_CHANGED: another change of it')).toBe(false);
  expect(accepts('- `Page.words` FIELD_REMOVED: another field')).toBe(false);
});
