import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLFieldMap,
  type GraphQLNamedType,
  type GraphQLSchema,
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';

import { type AccessRule, accessRuleOf, refusalOf } from '../auth';
import { ForbiddenError, UnauthenticatedError } from '../errors';
import type { SubgraphContext } from './subgraph-host';

/**
 * Makes `@authenticated`, `@requiresScopes` and `@policy` hold in the subgraph itself, so that it refuses what the
 * gateway should never have asked: before a field is resolved, its own rules, its type's and those of the type it gives
 * are asked. Changes the schema it is given. Errors: UNAUTHENTICATED, FORBIDDEN.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = type.getFields() as GraphQLFieldMap<unknown, SubgraphContext>; // graphql-js types the context as any
    for (const field of Object.values(fields)) guardField(type, field);
  }
  return schema;
}

/** Apollo's own root fields give entities, whose fields are guarded one by one. */
const OF_FEDERATION = new Set(['_entities', '_service']);

function guardField(parent: GraphQLNamedType, field: GraphQLField<unknown, SubgraphContext>): void {
  if (OF_FEDERATION.has(field.name)) return;
  const rules = [parent, field, getNamedType(field.type)].flatMap(rulesOf);
  if (rules.length === 0) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, given, context, info) => {
    for (const rule of rules) {
      const refusal = refusalOf(rule, context.viewer);
      if (refusal === 'UNAUTHENTICATED') throw new UnauthenticatedError();
      if (refusal === 'FORBIDDEN') throw new ForbiddenError();
    }
    return resolve(source, given, context, info);
  };
}

function rulesOf({
  astNode,
}: {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
}): AccessRule[] {
  return (astNode?.directives ?? []).flatMap((directive) => {
    const given = (directive.arguments ?? []).map(
      ({ name, value }) => [name.value, valueFromASTUntyped(value)] as const,
    );
    return accessRuleOf(directive.name.value, Object.fromEntries(given)) ?? [];
  });
}
