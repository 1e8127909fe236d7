import { Directive, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { type ExecutionResult, graphql } from 'graphql';

import type { Role } from '../auth';
import { createSubgraphSchema } from './subgraph-schema';

const resolved: string[] = [];

@ObjectType('Safe', { description: 'What is locked away.' })
@Directive('@key(fields: "id")')
@Directive('@authenticated')
class Safe {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Directive('@policy(policies: [["teaches"]])')
  @Field(() => String, { nullable: true, description: 'What is in it.' })
  content!: string | null;
}

@Resolver()
class SafeResolver {
  @Query(() => Safe, { nullable: true, description: 'A safe.' })
  safe(): Safe {
    resolved.push('safe');
    return { id: 's', content: 'gold' };
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => Boolean, { nullable: true, description: 'Blows it up.' })
  blowUp(): boolean {
    resolved.push('blowUp');
    return true;
  }
}

const { schema, sdl } = createSubgraphSchema({
  resolvers: [new SafeResolver()],
  references: { Safe: ({ id }) => ({ id, content: 'gold' }) },
});

async function run(source: string, role: Role | null) {
  resolved.length = 0;
  const viewer = role === null ? null : { userId: 'u', role, sessionId: 's' };
  const { data, errors }: ExecutionResult = await graphql({ schema, source, contextValue: { viewer } });
  const codes = (errors ?? []).map(({ originalError }) => (originalError as { code?: string } | null)?.code);
  return { data: JSON.parse(JSON.stringify(data)) as unknown, codes, resolved: [...resolved] };
}

test('a type is refused wherever it is given, before its resolver runs', async () => {
  expect(await run('{ safe { id } }', null)).toEqual({
    data: { safe: null },
    codes: ['UNAUTHENTICATED'],
    resolved: [],
  });
  expect((await run('{ safe { id content } }', 'STUDENT')).data).toEqual({ safe: { id: 's', content: null } });
  expect((await run('{ safe { id content } }', 'TEACHER')).data).toEqual({ safe: { id: 's', content: 'gold' } });
});

test('entities are guarded field by field', async () => {
  const source = '{ _entities(representations: [{ __typename: "Safe", id: "s" }]) { ... on Safe { content } } }';
  expect(await run(source, null)).toMatchObject({
    data: { _entities: [{ content: null }] },
    codes: ['UNAUTHENTICATED'],
  });
  expect(await run(source, 'STUDENT')).toMatchObject({
    data: { _entities: [{ content: null }] },
    codes: ['FORBIDDEN'],
  });
  expect(await run(source, 'ADMIN')).toMatchObject({ data: { _entities: [{ content: 'gold' }] }, codes: [] });
});

test('a mutation is not carried out without its scope', async () => {
  expect(await run('mutation { blowUp }', 'TEACHER')).toEqual({
    data: { blowUp: null },
    codes: ['FORBIDDEN'],
    resolved: [],
  });
  expect((await run('mutation { blowUp }', 'ADMIN')).resolved).toEqual(['blowUp']);
});

test('the SDL carries the rules to the gateway', () => {
  expect(sdl).toContain('type Safe @key(fields: "id") @authenticated');
  expect(sdl).toContain('@requiresScopes(scopes: [["users:write"]])');
});
