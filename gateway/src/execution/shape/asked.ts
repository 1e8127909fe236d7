import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';

import type { ResponsePath } from '../plan/json';
import { type Reading, isIncluded } from './collect-fields';

interface Found {
  readonly node: FieldNode;
  /** Whether its conditions and those of the fragments around it hold. */
  readonly isIncluded: boolean;
}

/**
 * Whether a place is one that the client asked for. The planner does not keep every `@skip` and `@include`, so a field may
 * have been fetched, and have failed, that the client left out. A field that only the planner asked for counts as asked
 * for: what the client did ask for depends on it.
 */
export function isAsked(reading: Reading, selection: SelectionSetNode, path: ResponsePath): boolean {
  let sets: readonly SelectionSetNode[] = [selection];
  for (const key of path) {
    if (typeof key === 'number') continue;
    const found = sets.flatMap((set) => fieldsNamed(reading, set, key, true));
    if (found.length === 0) return true;
    const included = found.filter((field) => field.isIncluded);
    if (included.length === 0) return false;
    sets = included.flatMap(({ node }) => node.selectionSet ?? []);
  }
  return true;
}

function fieldsNamed(reading: Reading, { selections }: SelectionSetNode, key: string, isReached: boolean): Found[] {
  return selections.flatMap((selection) => {
    const isHere = isReached && isIncluded(reading, selection);
    if (selection.kind === Kind.FIELD) {
      const isMeant = (selection.alias ?? selection.name).value === key;
      return isMeant ? [{ node: selection, isIncluded: isHere }] : [];
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : reading.fragments.get(selection.name.value);
    return fragment ? fieldsNamed(reading, fragment.selectionSet, key, isHere) : [];
  });
}
