/** What cases are about (features.ts), with the least share of all cases in percent: a half to a third of the usual one. */
const LEAST_SHARES: Readonly<Record<string, number>> = {
  'several subgraphs': 18,
  'entities by key': 12,
  'entities in three fetches': 1.5,
  'key of several fields': 0.5,
  'nested key': 0.5,
  'inaccessible key': 0.2,
  '@requires': 3,
  '@requires with arguments': 0.1,
  '@requires of nested fields': 0.1,
  '@requires on an interface object': 0.5,
  '@provides': 2,
  '@override': 0.1,
  '@shareable': 25,
  '@interfaceObject': 2,
  'value type over several subgraphs': 0.4,
  interface: 13,
  union: 20,
  'inaccessible type': 0.1,
  'inaccessible enum value': 0.5,
  'unknown entity': 0.1,
  'custom scalar': 4,
  'nested list': 10,
  arguments: 25,
  'input object': 5,
  variables: 40,
  'variable with default': 20,
  'absent variable': 12,
  '@skip or @include': 40,
  'condition on a variable': 35,
  aliases: 45,
  'alias named like an object property': 30,
  'inline fragment': 40,
  'fragment spread': 35,
  'fragment spread twice': 5,
  __typename: 40,
  introspection: 0.7,
  mutation: 7,
  'mutation of several subgraphs': 0.4,
  'renamed by the planner': 0.1,
  errors: 12,
  'no errors': 40,
  'error with a code': 8,
  'error at a list item': 5,
  'error that made null of more': 4,
  'null where none may be': 2,
  'everything null': 2,
};

/** Counts what the cases of a run were about. */
export class Coverage {
  cases = 0;
  graphs = 0;
  /** Graphs whose subgraphs did not fit together. */
  misfits = 0;
  /** Operations that the query planner threw at, or planned so that nobody can execute them rightly. */
  misplanned = 0;
  readonly #counts = new Map<string, number>();

  add(features: Readonly<Record<string, boolean>>): void {
    this.cases += 1;
    for (const [name, isFound] of Object.entries(features)) {
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + (isFound ? 1 : 0));
    }
  }

  /** A line for each feature, the rarest first. */
  report(): string {
    const lines = [...this.#counts]
      .sort(([, a], [, b]) => a - b)
      .map(
        ([name, count]) => `  ${String(count).padStart(6)}  ${this.#share(count).toFixed(1).padStart(5)} %  ${name}`,
      );
    return [
      `${this.cases} cases on ${this.graphs} graphs (${this.misfits} more did not compose), ${this.misplanned} misplanned`,
      ...lines,
    ].join('\n');
  }

  /** Features that were not tested enough, or that nothing measures any more. */
  get gaps(): string[] {
    return Object.entries(LEAST_SHARES).flatMap(([name, least]) => {
      const share = this.#share(this.#counts.get(name) ?? 0);
      return share < least ? [`${name}: ${share.toFixed(1)} % of the cases, not ${least} %`] : [];
    });
  }

  #share(count: number): number {
    return (100 * count) / Math.max(this.cases, 1);
  }
}
