/** What cases are about (features.ts), with the least share of all cases in percent; about half of what it was when set. */
const LEAST_SHARES: Readonly<Record<string, number>> = {};

/** Counts what the cases of a run were about. */
export class Coverage {
  cases = 0;
  graphs = 0;
  /** Graphs whose subgraphs did not fit together. */
  misfits = 0;
  /** Operations that the query planner threw at. */
  unplannable = 0;
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
      `${this.cases} cases on ${this.graphs} graphs (${this.misfits} more did not compose), ${this.unplannable} not planned`,
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
