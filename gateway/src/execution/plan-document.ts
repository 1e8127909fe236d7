import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The operation as the planner is given it. The planner asks subgraphs for selections that a literal `@skip` or
 * `@include` leaves out, and puts the root fields of a mutation that stand in fragments before others, which changes the
 * order in which they run; it cannot plan introspection in a fragment with a condition, which needs no plan. Responses are written by the operation as the client wrote it.
 */
export function documentForPlanning(document: DocumentNode, operation: OperationTypeNode): DocumentNode {
  const pruned = visit(document, { SelectionSet: { leave: withoutLeftOut } });
  if (operation !== OperationTypeNode.MUTATION) return pruned;
  const fragments = new Map(
    pruned.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map(({ name, selectionSet }) => [name.value, selectionSet]),
  );
  const definitions = pruned.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const selections = flattened(node.selectionSet, fragments);
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  });
  return { ...pruned, definitions };
}

function withoutLeftOut(set: SelectionSetNode): SelectionSetNode | undefined {
  const selections = set.selections.filter((selection) => !isLeftOut(selection));
  if (selections.length === set.selections.length) return undefined;
  return { ...set, selections: selections.length > 0 ? selections : [TYPENAME] };
}

function isLeftOut(selection: SelectionNode): boolean {
  if (selection.kind === Kind.FIELD && META_FIELDS.has(selection.name.value)) return true;
  const { directives = [] } = selection;
  return directives.some((node) => {
    const condition = literalCondition(node);
    return (node.name.value === 'skip' && condition === true) || (node.name.value === 'include' && condition === false);
  });
}

function literalCondition({ arguments: given = [] }: DirectiveNode): boolean | undefined {
  const value = given.find(({ name }) => name.value === 'if')?.value;
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

/** The root's selections with those of fragments in their place; a fragment with directives stays one. */
function flattened(set: SelectionSetNode, fragments: ReadonlyMap<string, SelectionSetNode>): readonly SelectionNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD || (selection.directives?.length ?? 0) > 0) return [selection];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value);
    return inner ? flattened(inner, fragments) : [];
  });
}
