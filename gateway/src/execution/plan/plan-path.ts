/** One step from an object towards those that a fetch is for. */
export interface PlanStep {
  /** A response name; the empty text for every item of a list, or to stay. */
  readonly key: string;
  readonly isList: boolean;
  /** Only objects of these types are meant; null for all. */
  readonly types: ReadonlySet<string> | null;
}

/** A place of a query plan. */
export type PlanPath = readonly PlanStep[];

/** `name`, `@`, and either with the types it is limited to: `name|[Book,Film]`. */
const ELEMENT = /^([^|]*)(?:\|\[(.*)\])?$/;

/** Reads the path of a Flatten node as the planner writes it (with type-conditioned fetching). */
export function parsePath(elements: readonly (string | number)[]): PlanPath {
  return elements.map((element) => {
    const [, name = '', types] = ELEMENT.exec(String(element)) ?? [];
    const isList = name === '@';
    return { key: isList ? '' : name, isList, types: types === undefined ? null : new Set(types.split(',')) };
  });
}
