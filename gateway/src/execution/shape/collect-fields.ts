import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  Kind,
  getDirectiveValues,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

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
    if (!isIncluded(reading, selection)) continue;
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

/** `@defer` counts unless its `if` says no. */
function isDeferred({ directives = [] }: SelectionNode, variables: Reading['variables']): boolean {
  const node = directives.find(({ name }) => name.value === 'defer');
  const condition = node?.arguments?.find(({ name }) => name.value === 'if')?.value;
  if (condition?.kind === Kind.VARIABLE) return variables[condition.name.value] !== false;
  return node !== undefined && !(condition?.kind === Kind.BOOLEAN && !condition.value);
}

function isIncluded({ variables }: Reading, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}

function covers(schema: GraphQLSchema, condition: string | undefined, type: GraphQLNamedType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const abstract = schema.getType(condition);
  if (!isAbstractType(abstract)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);
}
