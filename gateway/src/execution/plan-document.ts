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

import { isDeferOn, isIncluded } from './shape/conditions';
import { fragmentsIn } from './shape/document-reader';

type Variables = Readonly<Record<string, unknown>>;

const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);
const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The operation as the planner is given it under some variables: without what they leave out. The planner mixes up what
 * depends on different conditions, puts root fields of a mutation that stand in fragments before others (which changes the
 * order in which they run), and cannot plan introspection within fragments, which needs no plan.
 */
export function documentForPlanning(
  document: DocumentNode,
  operation: OperationTypeNode,
  variables: Variables,
): DocumentNode {
  const pruned: DocumentNode = visit(document, {
    SelectionSet: { leave: (set) => withoutLeftOut(set, variables) },
    Directive: { leave: (node) => withoutCondition(node, variables) },
  });
  if (operation !== OperationTypeNode.MUTATION) return pruned;
  const fragments = fragmentsIn(pruned);
  const definitions = pruned.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const selections = flattened(node.selectionSet, (name) => fragments.get(name)?.selectionSet);
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  });
  return { ...pruned, definitions };
}

function withoutLeftOut(set: SelectionSetNode, variables: Variables): SelectionSetNode {
  const selections = set.selections.filter((selection) => !isLeftOut(selection, variables)).map(unconditional);
  return { ...set, selections: selections.length > 0 ? selections : [TYPENAME] };
}

function isLeftOut(selection: SelectionNode, variables: Variables): boolean {
  if (selection.kind === Kind.FIELD && META_FIELDS.has(selection.name.value)) return true;
  return !isIncluded(selection, variables);
}

function unconditional<S extends SelectionNode>(selection: S): S {
  if (!selection.directives?.length) return selection;
  return { ...selection, directives: selection.directives.filter(({ name }) => !CONDITIONS.has(name.value)) };
}

/** `@defer` without its condition; null, which takes it away, when the condition says no. */
function withoutCondition(node: DirectiveNode, variables: Variables): DirectiveNode | null | undefined {
  if (node.name.value !== 'defer') return undefined;
  if (!isDeferOn(node, variables)) return null;
  return { ...node, arguments: node.arguments?.filter(({ name }) => name.value !== 'if') ?? [] };
}

/** The root's selections with those of fragments in their place; a fragment with directives stays one. */
function flattened(
  set: SelectionSetNode,
  fragmentNamed: (name: string) => SelectionSetNode | undefined,
): readonly SelectionNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD || (selection.directives?.length ?? 0) > 0) return [selection];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragmentNamed(selection.name.value);
    return inner ? flattened(inner, fragmentNamed) : [];
  });
}
