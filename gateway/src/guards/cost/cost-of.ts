/** Values of an operation's variables, as the client sent them and after they were checked. */
export type Variables = Readonly<Record<string, unknown>>;

/** A cost that is known, or one that follows from the variables of a request. */
export type CostOf = number | ((variables: Variables) => number);

export function costIn(cost: CostOf, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

/** The sum; what is constant is added once, when the document is first seen. */
export function sum(...costs: readonly CostOf[]): CostOf {
  const constant = costs.reduce<number>((total, cost) => (typeof cost === 'number' ? total + cost : total), 0);
  const varying = costs.filter((cost) => typeof cost !== 'number');
  if (varying.length === 0) return constant;
  return (variables) => varying.reduce((total, cost) => total + cost(variables), constant);
}

export function times(count: CostOf, cost: CostOf): CostOf {
  if (cost === 0 || count === 0) return 0;
  if (typeof count === 'number' && typeof cost === 'number') return count * cost;
  return (variables) => costIn(count, variables) * costIn(cost, variables);
}

export function largest(costs: readonly CostOf[]): CostOf {
  if (costs.every((cost) => typeof cost === 'number')) return Math.max(0, ...costs);
  return (variables) => Math.max(0, ...costs.map((cost) => costIn(cost, variables)));
}
