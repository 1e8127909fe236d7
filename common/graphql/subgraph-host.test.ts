import { createServer } from 'node:http';

import { MaxLength } from 'class-validator';
import { Arg, Args, Ctx, Directive, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';

import { IDENTITY_HEADER, createIdentityHeaders, requireViewer } from '../auth';
import { Secret } from '../config';
import { createLogger } from '../logging';
import { ConnectionArgs } from './connection.args';
import { connectionOf, toConnection } from './connection.type';
import { DateTimeScalar } from './scalars';
import { type SubgraphContext, createSubgraphHost } from './subgraph-host';
import { createSubgraphSchema } from './subgraph-schema';

@ObjectType('Lamp', { description: 'A lamp.' })
@Directive('@key(fields: "id")')
class Lamp {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => Date, { description: 'When it was lit.' })
  litAt!: Date;
}

const LampConnection = connectionOf(Lamp, 'Lamp');

@InputType({ description: 'A lamp to light.' })
class LightLampInput {
  @Field({ description: 'Its name.' })
  @MaxLength(5)
  name!: string;
}

@Resolver()
class LampResolver {
  constructor(private readonly litAt: Date) {}

  @Query(() => LampConnection, { description: 'All lamps.' })
  lamps(@Args(() => ConnectionArgs) args: ConnectionArgs) {
    const edges = ['a', 'b'].slice(0, args.first).map((id) => ({ cursor: id, node: { id, litAt: this.litAt } }));
    const page = { edges, hasNextPage: false, endCursor: edges.at(-1)?.cursor ?? null };
    return toConnection(page, (lamp) => lamp, args);
  }

  @Query(() => String, { description: 'Who asks.' })
  whoAmI(@Ctx() { viewer }: SubgraphContext): string {
    return requireViewer(viewer).userId;
  }

  @Mutation(() => Lamp, { description: 'Lights a lamp.' })
  lightLamp(@Arg('input') input: LightLampInput): Lamp {
    if (input.name === 'bad') throw new Error('password=hunter2');
    return { id: input.name, litAt: this.litAt };
  }
}

const identityHeaders = createIdentityHeaders(new Secret('x'.repeat(32)));
const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's1' } as const;
const { schema, sdl } = createSubgraphSchema({
  resolvers: [new LampResolver(new Date(0))],
  references: { Lamp: ({ id }) => ({ id, litAt: new Date(1000) }) },
  scalars: [{ type: Date, scalar: DateTimeScalar }],
});
const host = createSubgraphHost({
  service: 'lamps',
  host: '127.0.0.1',
  port: 0,
  schema,
  identityHeaders,
  createContext: (who) => ({ viewer: who }),
  readiness: { database: () => Promise.resolve(), redis: () => Promise.reject(new Error('down')) },
  logger: createLogger('lamps', 'silent'),
});
let base = '';

beforeAll(async () => {
  base = `http://127.0.0.1:${(await host.start()).port}`;
});
afterAll(() => host.close());

async function ask(query: string, header: string | null = identityHeaders.sign({ caller: 'gateway', viewer })) {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header === null ? {} : { [IDENTITY_HEADER]: header }) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

test('answers queries, lists and entity references', async () => {
  const { body } = await ask(
    '{ whoAmI lamps(first: 1) { edges { node { id litAt } } } _entities(representations: [{ __typename: "Lamp", id: "z" }]) { ... on Lamp { id litAt } } }',
  );
  expect(body.data).toEqual({
    whoAmI: 'u1',
    lamps: { edges: [{ node: { id: 'a', litAt: '1970-01-01T00:00:00.000Z' } }] },
    _entities: [{ id: 'z', litAt: '1970-01-01T00:00:01.000Z' }],
  });
});

test('a port alone opens nothing: no header, a forged one and an expired one are refused with 401', async () => {
  const expired = createIdentityHeaders(new Secret('x'.repeat(32)), () => Date.now() - 60_000);
  const forged = createIdentityHeaders(new Secret('y'.repeat(32)));
  for (const header of [
    null,
    'abc.def',
    '',
    forged.sign({ caller: 'g', viewer }),
    expired.sign({ caller: 'g', viewer }),
  ]) {
    const { status, body } = await ask('{ whoAmI }', header);
    expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  }
});

test('a broken rule names the field, an unknown error is masked, nobody signed in is UNAUTHENTICATED', async () => {
  const tooLong = await ask('mutation { lightLamp(input: { name: "far too long" }) { id } }');
  expect(tooLong.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
  const tooMany = await ask('{ lamps(first: 101) { pageInfo { endCursor } } }');
  expect(tooMany.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
  const masked = await ask('mutation { lightLamp(input: { name: "bad" }) { id } }');
  expect(masked.body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
  expect(JSON.stringify(masked.body)).not.toContain('hunter2');
  const nobody = await ask('{ whoAmI }', identityHeaders.sign({ caller: 'gateway', viewer: null }));
  expect(nobody.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
});

test('too large a body is refused with 413', async () => {
  const { status } = await ask(`# ${'x'.repeat(5 * 1024 * 1024)}\n{ whoAmI }`);
  expect(status).toBe(413);
});

test('tells its health, what it is not ready for, and its metrics', async () => {
  expect((await fetch(`${base}/health`)).status).toBe(200);
  const ready = await fetch(`${base}/ready`);
  expect([ready.status, await ready.json()]).toEqual([503, { service: 'lamps', ready: false, unready: ['redis'] }]);
  expect(await (await fetch(`${base}/metrics`)).text()).toContain('terakoya_graphql_errors_total');
});

test('the SDL carries keys, shareable paging and descriptions', () => {
  expect(sdl).toContain('type Lamp @key(fields: "id")');
  expect(sdl).toContain('type PageInfo @shareable');
  expect(sdl).toContain('"""A lamp."""');
});

test('a taken port is told in one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const second = createSubgraphHost({
    service: 'lamps',
    host: '127.0.0.1',
    port,
    schema,
    identityHeaders,
    createContext: (who) => ({ viewer: who }),
    readiness: {},
    logger: createLogger('lamps', 'silent'),
  });
  await expect(second.start()).rejects.toThrow(`port ${port} is taken`);
  await new Promise((resolve) => taken.close(resolve));
});
