import type { FetchNode } from '@apollo/query-planner';
import { Kind, type SelectionSetNode, parse } from 'graphql';

import type { TypeConditions } from './type-conditions';

/** The response names that a fetch asks of an object of a type; of the root without a type. */
export type AskedFields = (typename?: string) => readonly string[];

/** Which fields are missing when a fetch has failed. The operation is only parsed when that happens. */
export function askedFields(node: FetchNode, types: TypeConditions): AskedFields {
  let root: SelectionSetNode | undefined;
  return (typename) => {
    root ??= rootOf(node);
    return [...new Set(namesIn(root, typename, types))].map((name) => renamed(name, node));
  };
}

function rootOf({ operation, requires }: FetchNode): SelectionSetNode | undefined {
  const definition = parse(operation, { noLocation: true }).definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  );
  const set = definition && 'selectionSet' in definition ? definition.selectionSet : undefined;
  if (!requires) return set;
  const [entities] = set?.selections ?? [];
  return entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
}

function namesIn(set: SelectionSetNode | undefined, typename: string | undefined, types: TypeConditions): string[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === '__typename' ? [] : [(selection.alias ?? selection.name).value];
    }
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const condition = selection.typeCondition?.name.value;
    const isCovered = condition === undefined || typename === undefined || types.includes(condition, typename);
    return isCovered ? namesIn(selection.selectionSet, typename, types) : [];
  });
}

/** The name a field has once the fetch's data was rewritten. */
export function renamed(name: string, { outputRewrites = [] }: FetchNode): string {
  for (const rewrite of outputRewrites) {
    if (rewrite.kind === 'KeyRenamer' && rewrite.path.at(-1) === name) return rewrite.renameKeyTo;
  }
  return name;
}
