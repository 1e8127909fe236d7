import { graphql, parse } from 'graphql';
import { Arg, ArgsType, Args, Directive, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';

import { encodeId } from '../global-ids';
import { IdArg, IdField } from './id-of';
import { NodeType } from './node.type';
import { createSubgraphSchema } from './subgraph-schema';

const KEY = '0198c0de-0000-7000-8000-00000000beef';
const OTHER = '0198c0de-0000-7000-8000-0000000000ff';

@ObjectType('Notebook', { implements: NodeType, description: 'A notebook.' })
@Directive('@key(fields: "id")')
class NotebookType extends NodeType {}

@InputType({ description: 'Where from and to.' })
class MoveInput {
  @IdField('Notebook', { nullable: true })
  from?: string | null;

  @Field(() => String, { description: 'Whatever.' })
  note!: string;
}

@ArgsType()
class ManyArgs {
  @IdField('User', { description: 'Whose.', nullable: true })
  ownerId?: string;
}

/** Tells what has reached it. */
@Resolver()
class EchoResolver {
  @Query(() => NotebookType, { description: 'A notebook by id.' })
  notebook(@IdArg('id', 'Notebook') id: string): NotebookType {
    return { id };
  }

  @Query(() => String, { description: 'What came.' })
  moved(@Arg('input') input: MoveInput): string {
    return JSON.stringify([input instanceof MoveInput, input.from, input.note]);
  }

  @Query(() => String, { description: 'What came.' })
  owned(@Args(() => ManyArgs) { ownerId }: ManyArgs): string {
    return ownerId ?? 'nobody';
  }
}

const { schema, sdl } = createSubgraphSchema({
  resolvers: [new EchoResolver()],
  references: { Notebook: ({ id }) => ({ id: id === KEY ? OTHER : id }) },
});

async function ask(source: string, variableValues: Record<string, unknown> = {}) {
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: { viewer: null } });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors: errors?.map(({ message }) => message) ?? [] };
}

test('an id comes in as a key and goes out as an id', async () => {
  const id = encodeId('Notebook', KEY);
  expect(await ask(`{ notebook(id: "${id}") { id } }`)).toEqual({ data: { notebook: { id } }, errors: [] });
  const user = encodeId('User', KEY);
  expect((await ask(`{ owned(ownerId: "${user}") none: owned }`)).data).toEqual({ owned: KEY, none: 'nobody' });
});

test('also within an input, whether it is written out or a variable, or null', async () => {
  const query = 'query ($input: MoveInput!) { moved(input: $input) }';
  const from = encodeId('Notebook', KEY);
  expect((await ask(query, { input: { from, note: 'n' } })).data.moved).toBe(`[true,"${KEY}","n"]`);
  expect((await ask(`{ moved(input: { from: "${from}", note: "n" }) }`)).data.moved).toBe(`[true,"${KEY}","n"]`);
  expect((await ask(query, { input: { from: null, note: 'n' } })).data.moved).toBe('[true,null,"n"]');
});

test.each([
  ['id', `{ notebook(id: "${KEY}") { id } }`],
  ['id', `{ notebook(id: "${encodeId('Page', KEY)}") { id } }`],
  ['from', `{ moved(input: { from: "1", note: "n" }) }`],
])('an id of nothing or of something else is refused, naming %s', async (field, query) => {
  expect((await ask(query)).errors).toEqual([`${field}: is not an id of a Notebook`]);
});

test('a reference is found by its key, one that is no id of the type leads to nothing', async () => {
  const ids = [encodeId('Notebook', KEY), encodeId('Page', KEY), KEY];
  const representations = ids.map((id) => ({ __typename: 'Notebook', id }));
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Notebook { id } } }';
  const { data, errors } = await ask(query, { r: representations });
  expect([data._entities, errors]).toEqual([[{ id: encodeId('Notebook', OTHER) }, null, null], []]);
});

test('the SDL says of which type each id is', () => {
  expect(() => parse(sdl)).not.toThrow();
  expect(sdl).toContain('ownerId: ID @idOf(type: "User")');
  expect(sdl).toMatch(/"""The id of a Notebook."""\s+id: ID! @idOf\(type: "Notebook"\)/);
  expect(sdl).toContain('type Notebook implements Node @key(fields: "id")');
});

test('an ID that does not say of which type it is does not get into a schema', () => {
  @Resolver()
  class CarelessResolver {
    @Query(() => String, { description: 'Anything.' })
    anything(@Arg('id', () => ID) id: string): string {
      return id;
    }
  }
  const create = () => createSubgraphSchema({ resolvers: [new CarelessResolver()], references: {} });
  expect(create).toThrow('The ID id must say of which type it is');
});
