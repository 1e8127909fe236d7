import { type GraphQLField, type GraphQLSchema, Kind, parse } from 'graphql';

import { ERROR_CODES } from '../../../common/errors';
import type { Subgraph } from '../compose';
import { ownTypes, partsOf } from '../schema-parts';
import { describeArguments, describeField, describeType, isDescribedByItself, list, wordsOf } from './describe-type';

const INTRODUCTION = `# The school's graph

<!-- Written by \`npm run schema\` from gateway/schema.graphql; change the descriptions in the code. -->

Everything is asked of one URL, \`/graphql\`: queries and mutations over HTTP, subscriptions over a WebSocket (\`graphql-ws\`) at
the same path. Sign in with [\`signIn\`](#mutation-signin) and send the access token as \`Authorization: Bearer …\`.

**Ids** are opaque and say by themselves what they are of: [\`node\`](#query-node) finds any object by its id. An id of
something else than an argument means is refused with \`BAD_USER_INPUT\`.

**Lists** are connections (Relay): they take \`first\` (how many, 1 to 100 where nothing else is said) and \`after\` (the cursor to go on from) and give
\`edges { cursor node }\` and a [\`pageInfo\`](#pageinfo). Types named \`…Connection\` and \`…Edge\` are not listed below.

**Errors** have a code in \`extensions.code\`, see [Errors](#errors); the rest of the response is there all the same.`;

/** The domains in the order a reader meets them, by the subgraph they belong to. */
const DOMAINS: readonly (readonly [subgraph: string, title: string])[] = [
  ['accounts', 'Accounts and sessions'],
  ['classes', 'Classes'],
  ['files', 'Files'],
  ['notes', 'Notebooks, pages and imports'],
  ['assistant', 'Summaries'],
  ['meetings', 'Meetings'],
  ['nodes', 'Any object'],
  ['realtime', 'Changes as they happen'],
];

/** The reference of the schema that clients see, as Markdown. Throws RangeError for a subgraph without a domain here. */
export function writeReference(schema: GraphQLSchema, subgraphs: readonly Subgraph[]): string {
  const homeless = subgraphs.find(({ name }) => !DOMAINS.some(([subgraph]) => subgraph === name));
  if (homeless) throw new RangeError(`Name the domain of ${homeless.name} in the schema reference (DOMAINS).`);
  const operations = DOMAINS.flatMap(([name, title]) => {
    const subgraph = subgraphs.find((one) => one.name === name);
    return subgraph ? [`## ${title}`, ...operationsOf(schema, subgraph)] : [];
  });
  const types = ownTypes(schema)
    .filter(isDescribedByItself)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map((type) => describeType(schema, type));
  return [INTRODUCTION, ...operations, '## Types', ...types, ...errors(), ...deprecations(schema)].join('\n\n');
}

function operationsOf(schema: GraphQLSchema, { sdl }: Subgraph): readonly string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => {
    if (!root) return [];
    const fields = rootFieldsOf(sdl, root.name).flatMap((name) => root.getFields()[name] ?? []);
    return fields.map((field) => describeOperation(root.name.toLowerCase(), field));
  });
}

function rootFieldsOf(sdl: string, root: string): readonly string[] {
  return parse(sdl).definitions.flatMap((definition) => {
    const isRoot = definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === root;
    return isRoot ? (definition.fields ?? []).map(({ name }) => name.value) : [];
  });
}

function describeOperation(kind: string, field: GraphQLField<unknown, unknown>): string {
  return [`### ${kind} ${field.name}`, describeField(field), list(describeArguments(field))]
    .filter(Boolean)
    .join('\n\n');
}

function errors(): readonly string[] {
  const rows = Object.entries(ERROR_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return ['## Errors', ['| code | meaning |', '| --- | --- |', ...rows].join('\n')];
}

function deprecations(schema: GraphQLSchema): readonly string[] {
  const found = ownTypes(schema)
    .flatMap(partsOf)
    .filter(({ deprecationReason }) => deprecationReason !== null)
    .map((part) => `\`${part.coordinate}\` — ${wordsOf(part)}`);
  return ['## Deprecated', found.length > 0 ? list(found) : 'Nothing is deprecated.'];
}
