import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Every field at the root of an operation, those in fragments included; a fragment that is spread twice counts once. */
export function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): readonly FieldNode[] {
  const found: FieldNode[] = [];
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else collectFragment(selection.name.value);
    }
  };
  const collectFragment = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name) collect(node.selectionSet);
    }
  };
  collect(operation.selectionSet);
  return found;
}

/** How often an operation executes each root field: once for each response name, however it is selected. */
export function countRootFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, number> {
  const names = new Map<string, Set<string>>();
  for (const { name, alias } of rootFieldsOf(document, operation)) {
    const known = names.get(name.value) ?? new Set();
    names.set(name.value, known.add((alias ?? name).value));
  }
  return new Map([...names].map(([field, responses]) => [field, responses.size]));
}
