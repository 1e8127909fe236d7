import fc from 'fast-check';
import { type GraphQLSchema, validateSchema } from 'graphql';

import { Choices } from './choices';
import { generateGraph } from './generate-graph';
import { generateOperation } from './generate-operation';
import type { Graph } from './graph';
import { GraphView } from './graph-view';
import { Monolith } from './monolith';
import type { Operation } from './operation';
import { plannerLimits } from './planner-limits';
import { shrinkGraph } from './shrink-graph';
import { shrinkOperation } from './shrink-operation';
import { World } from './world';

/** A graph and operations that are valid on it. */
export interface Case {
  readonly graph: Graph;
  readonly operations: readonly Operation[];
}

/** Graphs with so many operations each. A failing case shrinks to one operation, which then loses what it can. */
export class CaseArbitrary extends fc.Arbitrary<Case> {
  constructor(private readonly operations: number) {
    super();
  }

  override generate(random: fc.Random): fc.Value<Case> {
    const choices = new Choices(random);
    const { graph, schema } = validGraph(choices);
    const limits = plannerLimits(graph);
    const operations = Array.from({ length: this.operations }, () => generateOperation(choices, schema, limits));
    return new fc.Value({ graph, operations: operations.filter((operation) => operation !== null) }, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Case {
    return false;
  }

  override shrink(value: Case): fc.Stream<fc.Value<Case>> {
    return new fc.Stream(smallerCases(value)).map((smaller) => new fc.Value(smaller, undefined));
  }
}

/** Now and then an interface misses what its parent has, which no composition would accept. */
function validGraph(choices: Choices): { graph: Graph; schema: GraphQLSchema } {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const graph = generateGraph(choices);
    const { schema } = new Monolith(new World(new GraphView(graph)));
    if (validateSchema(schema).length === 0) return { graph, schema };
  }
  throw new Error('The generator makes no valid graphs any more.');
}

function* smallerCases({ graph, operations }: Case): Generator<Case> {
  if (operations.length > 1) {
    for (const operation of operations) yield { graph, operations: [operation] };
    return;
  }
  for (const operation of operations) {
    for (const smaller of shrinkOperation(operation)) yield { graph, operations: [smaller] };
  }
  for (const smaller of shrinkGraph(graph)) yield { graph: smaller, operations };
}
