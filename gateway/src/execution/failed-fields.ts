import { Kind, type SelectionSetNode, parse } from 'graphql';

import type { SubgraphError } from './subgraphs/subgraph-response';
import { isRecord } from './subgraphs/subgraph-response';

/** Enough to tell what is missing without answering a list of a hundred with a hundred errors. */
const MOST_ERRORS = 20;

/**
 * The errors of a subgraph that gave no answer, as it would have told them itself: one at each field that was asked of
 * it, for each entity. `query` is the operation sent to the subgraph.
 */
export function errorsAtFailedFields(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  failure: { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> },
): readonly SubgraphError[] {
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [failure];
  const { representations } = variables;
  const paths = Array.isArray(representations)
    ? entityPaths(operation.selectionSet, representations)
    : responseNames(operation.selectionSet).map((name) => [name]);
  if (paths.length === 0) return [failure];
  return paths.slice(0, MOST_ERRORS).map((path) => ({ ...failure, path }));
}

function entityPaths(root: SelectionSetNode, representations: readonly unknown[]): (string | number)[][] {
  const [entities] = root.selections;
  const set = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  return representations.flatMap((representation, index) => {
    const type = isRecord(representation) ? representation.__typename : undefined;
    return (set?.selections ?? [])
      .filter((selection) => selection.kind === Kind.INLINE_FRAGMENT)
      .filter(({ typeCondition }) => typeCondition?.name.value === type)
      .flatMap(({ selectionSet }) => responseNames(selectionSet))
      .map((name) => ['_entities', index, name]);
  });
}

function responseNames({ selections }: SelectionSetNode): string[] {
  return selections
    .filter((selection) => selection.kind === Kind.FIELD)
    .map(({ alias, name }) => (alias ?? name).value)
    .filter((name) => name !== '__typename');
}
