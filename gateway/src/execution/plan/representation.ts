import type { QueryPlanSelectionNode } from '@apollo/query-planner';

import { quote } from '../json-text';
import { type JsonObject, isObject, ownOf } from './json';
import type { TypeConditions } from './type-conditions';

/** An entity as a subgraph is told of it, as JSON text; null when it is not one of those or a part is missing. */
export type WriteRepresentation = (entity: JsonObject) => string | null;

interface Part {
  readonly key: string;
  /** `"key":`, with a comma before all but the first. */
  readonly label: string;
  readonly write: WriteRepresentation | null;
}

/** Compiles what a fetch requires of an entity. The text of equal entities is equal. */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  types: TypeConditions,
): WriteRepresentation {
  const write = compileSelections(requires, types);
  return (entity) => (typeof ownOf(entity, '__typename') === 'string' ? write(entity) : null);
}

function compileSelections(selections: readonly QueryPlanSelectionNode[], types: TypeConditions): WriteRepresentation {
  const byType = new Map<unknown, readonly Part[]>();
  return (object) => {
    const typename = ownOf(object, '__typename');
    let parts = byType.get(typename);
    if (!parts) {
      parts = partsOf(selectionsFor(selections, typename, types), types);
      if (byType.size < MOST_TYPES) byType.set(typename, parts);
    }
    return writeParts(object, parts);
  };
}

/** Subgraphs say the names of types, so not just any number of them is remembered. */
const MOST_TYPES = 1_000;

function writeParts(object: JsonObject, parts: readonly Part[]): string | null {
  if (parts.length === 0) return null;
  let text = '{';
  for (const { key, label, write } of parts) {
    const value = ownOf(object, key);
    if (value === undefined) return null;
    text += label + (write ? writeComposite(value, write) : writeLeaf(value));
  }
  return `${text}}`;
}

function writeLeaf(value: unknown): string {
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}

function writeComposite(value: unknown, write: WriteRepresentation): string {
  if (Array.isArray(value)) return `[${value.map((item) => writeComposite(item, write)).join(',')}]`;
  return (isObject(value) ? write(value) : null) ?? 'null';
}

interface FieldSelections {
  readonly hasSelections: boolean;
  readonly selections: QueryPlanSelectionNode[];
}

/** The fields that apply to one type, those of equal name together. */
function selectionsFor(
  selections: readonly QueryPlanSelectionNode[],
  typename: unknown,
  types: TypeConditions,
  into = new Map<string, FieldSelections>(),
): Map<string, FieldSelections> {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const known = into.get(key) ?? { hasSelections: selection.selections !== undefined, selections: [] };
      known.selections.push(...(selection.selections ?? []));
      into.set(key, known);
    } else if (isCovered(selection.typeCondition, typename, types)) {
      selectionsFor(selection.selections, typename, types, into);
    }
  }
  return into;
}

function isCovered(condition: string | undefined, typename: unknown, types: TypeConditions): boolean {
  return condition === undefined || (typeof typename === 'string' && types.includes(condition, typename));
}

function partsOf(fields: ReadonlyMap<string, FieldSelections>, types: TypeConditions): readonly Part[] {
  return [...fields].map(([key, { hasSelections, selections }], index) => ({
    key,
    label: `${index === 0 ? '' : ','}${JSON.stringify(key)}:`,
    write: hasSelections ? compileSelections(selections, types) : null,
  }));
}
