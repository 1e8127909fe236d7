import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  Kind,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import { isDeferOn, isIncluded } from './conditions';

/** What selections are read with. */
export interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** For `@skip` and `@include`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether selections under `@defer` are left out; they are delivered later. */
  readonly isDeferring: boolean;
}

/**
 * The fields that selections ask of a type, by response name in order (CollectFields, GraphQL specification 6.3.2).
 * For an abstract type: the fields every object has, whatever it is.
 */
export function collectFields(
  reading: Reading,
  type: GraphQLNamedType,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const set of sets) collect(reading, type, set, found, spread);
  return found;
}

function collect(
  reading: Reading,
  type: GraphQLNamedType,
  { selections }: SelectionSetNode,
  found: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, reading.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const known = found.get(key);
      if (known) known.push(selection);
      else found.set(key, [selection]);
      continue;
    }
    const fragment = fragmentOf(reading, selection, spread);
    if (!fragment || !covers(reading.schema, fragment.typeCondition?.name.value, type)) continue;
    collect(reading, type, fragment.selectionSet, found, spread);
  }
}

function fragmentOf({ fragments, isDeferring, variables }: Reading, selection: SelectionNode, spread: Set<string>) {
  if (isDeferring && isDeferred(selection, variables)) return undefined;
  if (selection.kind !== Kind.FRAGMENT_SPREAD) return selection.kind === Kind.INLINE_FRAGMENT ? selection : undefined;
  const name = selection.name.value;
  if (spread.has(name)) return undefined;
  spread.add(name);
  return fragments.get(name);
}

function isDeferred({ directives = [] }: SelectionNode, variables: Reading['variables']): boolean {
  return directives.some((node) => node.name.value === 'defer' && isDeferOn(node, variables));
}

function covers(schema: GraphQLSchema, condition: string | undefined, type: GraphQLNamedType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const abstract = schema.getType(condition);
  if (!isAbstractType(abstract)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);
}
