import type { Graph } from './graph';

/**
 * What operations leave out because the query planner (2.14.4) plans it wrongly: no executor could answer it rightly.
 * Each has its smallest case in planner-limits.test.ts, which tells when a planner has learnt it.
 */
export interface PlannerLimits {
  /**
   * The interface that some subgraphs know as an object. Directly within it there are fragments on its own
   * implementations only: those on other abstract types fail an assertion of the planner, and so do contradictions.
   */
  readonly interfaceWithKey: string;
  /**
   * Fields of interface objects that have `@requires` or may fail. They are not asked for within a fragment on an
   * implementation: the planner asks for them of entities of every type, and sends some without their key.
   */
  readonly ofInterfaceObjects: ReadonlySet<string>;
}

// Three more need no data. Fragments at the root of a mutation have no conditions: the planner moves the fields of the
// second fragment to those of the first. A field in which nothing is certainly asked for has `__typename`: the planner
// does not ask for the field otherwise. What a subgraph requires does not require anything itself.

export function plannerLimits(graph: Graph): PlannerLimits {
  const fields = graph.objects.flatMap((type) => type.fields);
  const mayFail = graph.noise.failures + graph.noise.violations > 0;
  const ofInterfaceObjects = fields.filter(
    ({ onInterfaceObject, requires }) => onInterfaceObject && (mayFail || requires.length > 0),
  );
  return {
    interfaceWithKey: graph.interfaces.find(({ entity }) => entity)?.name ?? '',
    ofInterfaceObjects: new Set(ofInterfaceObjects.map(({ name }) => name)),
  };
}

/**
 * The planner throws these on a few operations whose types contradict each other around an interface object. An operation
 * that cannot be planned is counted and not compared.
 */
const ASSERTIONS = [
  'We should have an edge from',
  'Cannot add selection of field',
  'Cannot add fragment of condition',
  'Invalid array length',
  'would create a cycle',
];

export function isKnownAssertion(message: string): boolean {
  return ASSERTIONS.some((assertion) => message.includes(assertion));
}
