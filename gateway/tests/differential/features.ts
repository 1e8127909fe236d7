import { Kind, OperationTypeNode, visit } from 'graphql';

import { pathKey } from './paths';
import type { OpenedGraph, Outcome } from './open-graph';
import type { Operation } from './operation';

const OBJECT_PROPERTIES = ['constructor', 'toString', 'then'];

/** What an operation and its executions are about, by the names in coverage.ts. */
export function featuresOf(
  opened: OpenedGraph,
  operation: Operation,
  outcome: Outcome,
): Readonly<Record<string, boolean>> {
  return {
    ...dataFeatures(opened, outcome),
    ...trafficFeatures(opened, outcome),
    ...errorFeatures(outcome),
    ...documentFeatures(operation),
  };
}

function dataFeatures({ world }: OpenedGraph, { expected: { resolved } }: Outcome) {
  const { objects, interfaces, unions, inputs, scalars } = world.view.graph;
  type Resolved = (typeof resolved)[number];
  const any = (is: (resolution: Resolved) => boolean) => resolved.some(is);
  const isOf = (types: readonly { readonly name: string }[], { field }: Resolved) =>
    types.some(({ name }) => name === field.type.of);
  const split = objects.filter(({ isSplit }) => isSplit).map(({ name }) => name);
  return {
    '@requires': any(({ field }) => field.requires.length > 0),
    '@requires with arguments': any(({ field }) => field.requires.some(({ args }) => Object.keys(args).length > 0)),
    '@requires of nested fields': any(({ field }) => field.requires.some(({ selections }) => selections.length > 0)),
    '@provides': any(({ thing, field }) => world.view.isProvided(thing.type, field.name)),
    '@override': any(({ field }) => field.homes.some(({ overrides }) => overrides !== null)),
    '@shareable': any(({ field }) => field.homes.length > 1 && !field.isKey),
    '@interfaceObject': any(({ field }) => field.onInterfaceObject !== null),
    '@requires on an interface object': any(
      ({ field }) => field.onInterfaceObject !== null && field.requires.length > 0,
    ),
    'value type over several subgraphs': any(({ thing }) => split.includes(thing.type)),
    interface: any((resolution) => isOf(interfaces, resolution)),
    union: any((resolution) => isOf(unions, resolution)),
    'inaccessible type': any(({ thing }) =>
      objects.some(({ name, isInaccessible }) => isInaccessible && name === thing.type),
    ),
    'unknown entity': any(({ thing, field }) => world.isForgotten(thing, field)),
    'custom scalar': any(({ field }) => scalars.includes(field.type.of)),
    'nested list': any(({ field }) => field.type.shape.includes('[[')),
    arguments: any(({ field }) => field.args.length > 0),
    'input object': any(({ field }) => field.args.some(({ type }) => inputs.some(({ name }) => name === type.of))),
  };
}

function trafficFeatures({ world }: OpenedGraph, { traffic: { requests } }: Outcome) {
  const keyed = requests.filter(({ query }) => query.includes('_entities('));
  const sent = JSON.stringify(keyed.map(({ variables }) => variables));
  const hidden = world.view.graph.objects.flatMap(({ name, fields }) =>
    fields
      .filter(({ isKey, isInaccessible }) => isKey && isInaccessible)
      .map((field) => `"__typename":"${name}","${field.name}":`),
  );
  const mutations = requests.filter(({ query }) => query.startsWith('mutation'));
  return {
    'several subgraphs': new Set(requests.map(({ subgraph }) => subgraph)).size > 1,
    'entities by key': keyed.length > 0,
    'entities in three fetches': keyed.length > 2,
    'key of several fields': sent.includes('"zone":'),
    'nested key': sent.includes('"region":'),
    'inaccessible key': hidden.some((text) => sent.includes(text)),
    'renamed by the planner': requests.some(({ query }) => query.includes('__alias_')),
    'mutation of several subgraphs': new Set(mutations.map(({ subgraph }) => subgraph)).size > 1,
  };
}

function errorFeatures({ expected: { result, shapes } }: Outcome) {
  const errors = result.errors ?? [];
  return {
    errors: errors.length > 0,
    'no errors': errors.length === 0,
    'error with a code': errors.some(({ extensions }) => extensions.code !== undefined),
    'null where none may be': errors.some(({ message }) => message.startsWith('Cannot return null')),
    'inaccessible enum value': errors.some(({ message }) => message.startsWith('Enum ')),
    'error that made null of more': errors.some(({ path }) => shapes.get(pathKey(path ?? []))?.endsWith('!')),
    'error at a list item': errors.some(({ path }) => typeof path?.at(-1) === 'number'),
    'everything null': result.data === null,
  };
}

function documentFeatures({ document, variables }: Operation) {
  const kinds = new Map<string, number>();
  const spreads: string[] = [];
  const found = {
    mutation: false,
    introspection: false,
    typename: false,
    properties: false,
    directives: false,
    onVariable: false,
    defaults: 0,
    declared: 0,
  };
  visit(document, {
    enter: ({ kind }) => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1),
    OperationDefinition: ({ operation }) => void (found.mutation = operation === OperationTypeNode.MUTATION),
    FragmentSpread: ({ name }) => void spreads.push(name.value),
    VariableDefinition: ({ defaultValue }) => {
      found.declared += 1;
      if (defaultValue) found.defaults += 1;
    },
    Directive: ({ arguments: [condition] = [] }) => {
      found.directives = true;
      if (condition?.value.kind === Kind.VARIABLE) found.onVariable = true;
    },
    Field: ({ name, alias }) => {
      if (name.value === '__type') found.introspection = true;
      if (name.value === '__typename') found.typename = true;
      if (alias && OBJECT_PROPERTIES.includes(alias.value)) found.properties = true;
      if (alias) kinds.set('alias', 1);
    },
  });
  return {
    mutation: found.mutation,
    introspection: found.introspection,
    __typename: found.typename,
    aliases: kinds.has('alias'),
    'alias named like an object property': found.properties,
    'inline fragment': kinds.has(Kind.INLINE_FRAGMENT),
    'fragment spread': spreads.length > 0,
    'fragment spread twice': new Set(spreads).size < spreads.length,
    '@skip or @include': found.directives,
    'condition on a variable': found.onVariable,
    variables: found.declared > 0,
    'variable with default': found.defaults > 0,
    'absent variable': found.declared > Object.keys(variables).length,
  };
}
