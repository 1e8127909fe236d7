import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

import type { Operation } from './operation';

/** Smaller operations of the same kind, the smallest first; some of them are not valid. */
export function* shrinkOperation({ document, variables }: Operation): Generator<Operation> {
  for (const smaller of smallerDocuments(document)) {
    const cleaned = withoutUnused(smaller);
    const declared = variableNames(cleaned);
    const given = Object.entries(variables).filter(([name]) => declared.has(name));
    yield { document: cleaned, variables: Object.fromEntries(given) };
  }
  for (const name of Object.keys(variables)) {
    yield { document, variables: Object.fromEntries(Object.entries(variables).filter(([other]) => other !== name)) };
  }
}

function* smallerDocuments(document: DocumentNode): Generator<DocumentNode> {
  const fragments = new Map(document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
  for (const set of nodesOf(document, Kind.SELECTION_SET)) {
    for (const selection of set.selections) {
      const others = set.selections.filter((other) => other !== selection);
      if (others.some((other) => isCertain(other) || !isCertain(selection)))
        yield replaceSelection(document, set, selection, []);
    }
  }
  for (const set of nodesOf(document, Kind.SELECTION_SET)) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        yield replaceSelection(document, set, selection, selection.selectionSet.selections);
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      if (fragment) yield replaceSelection(document, set, selection, [inlined(fragment, selection)]);
    }
  }
  for (const node of [...nodesOf(document, Kind.DIRECTIVE), ...nodesOf(document, Kind.ARGUMENT)]) {
    yield visit(document, { enter: (other) => (other === node ? null : undefined) });
  }
  for (const field of nodesOf(document, Kind.FIELD).filter(({ alias }) => alias)) {
    yield visit(document, { Field: (other) => (other === field ? { ...field, alias: undefined } : undefined) });
  }
  for (const node of [
    ...nodesOf(document, Kind.OBJECT_FIELD),
    ...nodesOf(document, Kind.LIST).flatMap(({ values }) => values),
  ]) {
    yield visit(document, { enter: (other) => (other === node ? null : undefined) });
  }
}

/** A field without a condition: when there was one there must stay one, as in the operations that are generated. */
function isCertain(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && (selection.directives ?? []).length === 0;
}

function replaceSelection(
  document: DocumentNode,
  set: SelectionSetNode,
  selection: SelectionNode,
  replacement: readonly SelectionNode[],
): DocumentNode {
  const selections = set.selections.flatMap((other) => (other === selection ? replacement : [other]));
  return visit(document, { SelectionSet: (other) => (other === set ? { ...set, selections } : undefined) });
}

function inlined({ typeCondition, selectionSet }: FragmentDefinitionNode, spread: SelectionNode): SelectionNode {
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, directives: spread.directives };
}

function withoutUnused(document: DocumentNode): DocumentNode {
  const spread = new Set(nodesOf(document, Kind.FRAGMENT_SPREAD).map(({ name }) => name.value));
  const fewer = document.definitions.filter((node) => !isFragment(node) || spread.has(node.name.value));
  if (fewer.length < document.definitions.length) return withoutUnused({ ...document, definitions: fewer });
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return visit(document, { VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null) });
}

function variableNames(document: DocumentNode): Set<string> {
  return new Set(nodesOf(document, Kind.VARIABLE_DEFINITION).map(({ variable }) => variable.name.value));
}

function isFragment(node: ASTNode): node is FragmentDefinitionNode {
  return node.kind === Kind.FRAGMENT_DEFINITION;
}

/** All nodes of a kind, outer ones first. */
function nodesOf<K extends ASTNode['kind']>(document: DocumentNode, kind: K): Extract<ASTNode, { kind: K }>[] {
  const nodes: Extract<ASTNode, { kind: K }>[] = [];
  const isWanted = (node: ASTNode): node is Extract<ASTNode, { kind: K }> => node.kind === kind;
  visit(document, { enter: (node) => void (isWanted(node) && nodes.push(node)) });
  return nodes;
}
