import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Supergraph } from '@apollo/federation-internals';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
} from 'graphql';

import { readSupergraphSdl } from '../../execution';
import { appliedDirectives } from '../applied-directives';
import { SameForAll } from './same-for-all';

const SDL = readFileSync(join(__dirname, '..', '..', '..', 'supergraph.graphql'), 'utf8');
const supergraph: Supergraph = readSupergraphSdl(SDL);
const schema = supergraph.apiSchema().toGraphQLJSSchema();
const same = new SameForAll(appliedDirectives(parse(SDL)));

/** Fields that depend on who asks, or open a door for whoever holds their value: none of them may ever be shared. */
const OF_THE_VIEWER = [
  'User.email',
  'Class.myRole',
  'Class.invitationCode',
  'Notebook.summary',
  'Image.url',
  'File.url',
];

interface Step {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** The shortest way from the root to every field that can be reached through declared fields. */
function reachable(of: GraphQLSchema): Map<string, Step[]> {
  const root = of.getSubscriptionType();
  if (!root) throw new Error('there is no Subscription');
  const found = new Map<string, Step[]>();
  const waiting: { type: GraphQLObjectType; way: Step[] }[] = [{ type: root, way: [] }];
  const seen = new Set([root.name]);
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { type, way } = next;
    for (const field of Object.values(type.getFields())) {
      const steps = [...way, { type, field }];
      found.set(`${type.name}.${field.name}`, steps);
      const given = getNamedType(field.type);
      if (!isObjectType(given) || seen.has(given.name) || !same.has(type.name, field.name)) continue;
      seen.add(given.name);
      waiting.push({ type: given, way: steps });
    }
  }
  return found;
}

function operationTo(steps: readonly Step[]): string {
  const [step, ...rest] = steps;
  if (!step) return '';
  const required = step.field.args.filter(isRequiredArgument).map(({ name }) => `${name}: "1"`);
  const given = required.length > 0 ? `(${required.join(', ')})` : '';
  const isObject = isCompositeType(getNamedType(step.field.type));
  return `{ ${step.field.name}${given} ${rest.length > 0 ? operationTo(rest) : isObject ? '{ __typename }' : ''} }`;
}

const ways = reachable(schema);

test('every field that a subscription leads to is shared exactly when it is declared', () => {
  const wrong: string[] = [];
  for (const [name, steps] of ways) {
    const document = parse(`subscription ${operationTo(steps)}`);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document);
    const [type = '', field = ''] = name.split('.');
    const isShared = operation ? same.sharingOf(schema, document, operation) !== null : false;
    if (isShared !== same.has(type, field)) wrong.push(name);
  }
  expect(wrong).toEqual([]);
  expect(ways.size).toBeGreaterThan(60);
});

test('what depends on the viewer is never shared', () => {
  const declared = OF_THE_VIEWER.filter((name) => same.has(...(name.split('.') as [string, string])));
  expect(declared).toEqual([]);
  expect(OF_THE_VIEWER.filter((name) => !ways.has(name) && !name.startsWith('Class.'))).toEqual([]);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
  expect(roots.filter(({ name }) => same.has('Query', name) || same.has('Mutation', name))).toEqual([]);
});

test.each([
  [
    'subscription ($id: ID!, $n: Int!) { notebookChanged(id: $id) { notebook { pages(first: $n) { edges { cursor } } } } }',
    ['n'],
  ],
  [
    'subscription ($id: ID!, $a: String) { notebookChanged(id: $id, after: $a) { kind ...F } } fragment F on NotebookChange { page { id } }',
    [],
  ],
  ['subscription ($id: ID!, $s: Boolean!) { notebookChanged(id: $id) { page @skip(if: $s) { id } } }', ['s']],
  [
    'subscription ($id: ID!, $s: Boolean!) { notebookChanged(id: $id) { kind ...F } } fragment F on NotebookChange { page @skip(if: $s) { id } }',
    ['s'],
  ],
  ['subscription ($id: ID!) { notebookChanged(id: $id) { __typename kind: occurredAt } }', []],
])('finds the variables that results depend on: %s', (text, variables) => {
  const document = parse(text);
  const operation = getOperationAST(document);
  expect(validate(schema, document)).toEqual([]);
  expect(operation && same.sharingOf(schema, document, operation)).toEqual({ variables });
});

test.each([
  'subscription { notebookChanged(id: 1) { notebook { owner { email } } } }',
  'subscription { notebookChanged(id: 1) { ...F } } fragment F on NotebookChange { notebook { summary { short } } }',
  'subscription { notebookChanged(id: 1) { page { image { link: url } } } }',
  'query { me { id } }',
])('shares nothing of %s', (text) => {
  const document = parse(text);
  const operation = getOperationAST(document);
  expect(operation && same.sharingOf(schema, document, operation)).toBeNull();
});
