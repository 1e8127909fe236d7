import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** How often an operation executes each root field: once for each response name, however it is selected. */
export function countRootFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, number> {
  const names = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) collectFragment(selection.name.value);
      else {
        const known = names.get(selection.name.value) ?? new Set();
        names.set(selection.name.value, known.add((selection.alias ?? selection.name).value));
      }
    }
  };
  const collectFragment = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const fragment = document.definitions.find(
      (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    if (fragment && 'selectionSet' in fragment) collect(fragment.selectionSet);
  };
  collect(operation.selectionSet);
  return new Map([...names].map(([field, responses]) => [field, responses.size]));
}
