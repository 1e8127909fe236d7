import 'reflect-metadata';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLScalarType, type GraphQLSchema, parse } from 'graphql';
import { type ClassType, type NonEmptyArray, buildSchemaSync, createResolversMap } from 'type-graphql';

import { isNodeName, parseId } from '../global-ids';
import { enforceAccess } from './enforce-access';
import { withLinks } from './federation-link';
import { bindGlobalIds } from './global-ids';
import { ID_OF_DEFINITION } from './id-of';
import type { SubgraphContext } from './subgraph-host';

/**
 * For each entity, how a reference from another subgraph becomes the object; null when the viewer may not see it. The
 * `id` of a node is the object's own key here.
 */
export type ReferenceResolvers<C extends SubgraphContext> = Readonly<
  Record<string, (reference: { readonly id: string }, context: C) => unknown>
>;

export interface SubgraphSchemaOptions<C extends SubgraphContext> {
  /** One instance of every resolver class. */
  readonly resolvers: NonEmptyArray<object>;
  readonly references: ReferenceResolvers<C>;
  /** Types that no field of this subgraph leads to, such as entities only others refer to. */
  readonly orphanedTypes?: readonly ClassType[];
  readonly scalars?: readonly { readonly type: ClassType; readonly scalar: GraphQLScalarType }[];
}

/** Builds a subgraph's executable schema, access rules included, from its resolver instances, and the SDL that is composed. */
export function createSubgraphSchema<C extends SubgraphContext>(
  options: SubgraphSchemaOptions<C>,
): { readonly schema: GraphQLSchema; readonly sdl: string } {
  const instances = new Map(options.resolvers.map((resolver) => [resolver.constructor, resolver]));
  const [first, ...others] = [...instances.keys()];
  if (!first) throw new TypeError('A subgraph needs at least one resolver.');
  const built = buildSchemaSync({
    resolvers: [first, ...others],
    orphanedTypes: [...(options.orphanedTypes ?? [])],
    scalarsMap: (options.scalars ?? []).map(({ type, scalar }) => ({ type, scalar })),
    container: { get: (resolverClass) => instanceOf(instances, resolverClass) },
    validate: { forbidUnknownValues: false },
    skipCheck: true, // a subgraph may have no query of its own
  });
  describeRoots(built);
  const sdl = `${withLinks(`${ID_OF_DEFINITION}\n\n${printSchemaWithDirectives(built)}`)}\n`;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolversOf(built, options.references) }]);
  bindGlobalIds(schema); // before the access rules, so that those who are refused learn nothing of their ids
  return { sdl, schema: enforceAccess(schema) };
}

/** type-graphql has no place for these. */
function describeRoots(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query) query.description = 'What can be asked.';
  if (mutation) mutation.description = 'What can be changed. The fields of one operation run one after the other.';
}

function resolversOf<C extends SubgraphContext>(schema: GraphQLSchema, references: ReferenceResolvers<C>) {
  const resolvers: Record<string, object> = { ...createResolversMap(schema) };
  for (const [type, resolve] of Object.entries(references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference: isNodeName(type) ? byKey(type, resolve) : resolve };
  }
  return resolvers as never; // @apollo/subgraph types resolvers by its own map, which this is
}

/** A reference with an id that is none of the type leads to nothing. */
function byKey<C extends SubgraphContext>(type: string, resolve: ReferenceResolvers<C>[string]): typeof resolve {
  return (reference, context) => {
    const found = parseId(reference.id);
    return found?.type === type ? resolve({ ...reference, id: found.key }, context) : null;
  };
}

function instanceOf(instances: ReadonlyMap<unknown, object>, resolverClass: unknown): object {
  const found = instances.get(resolverClass);
  if (!found) throw new TypeError(`No instance of ${String(resolverClass)} was given to the subgraph.`);
  return found;
}
