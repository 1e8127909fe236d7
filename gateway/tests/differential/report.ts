import { print } from 'graphql';

import type { OpenedGraph, Outcome } from './open-graph';
import type { Operation } from './operation';

/** Everything needed to see a difference again, by hand too: schemas, operation, what was sent, both answers. */
export function reportOf({ sdls, world }: OpenedGraph, operation: Operation, outcome: Outcome): string {
  const { expected, ours, traffic } = outcome;
  const { noise, dataSeed } = world.view.graph;
  return [
    ...outcome.differences.map((difference) => `DIFFERS ${difference}`),
    '--- operation',
    print(operation.document),
    JSON.stringify(operation.variables),
    '--- sent to the subgraphs',
    ...traffic.requests.map(({ subgraph, query, variables }) => `${subgraph}: ${query} ${JSON.stringify(variables)}`),
    '--- the monolith',
    JSON.stringify(expected.result.data ?? null),
    ...(expected.result.errors ?? []).map(({ path, message }) => `${JSON.stringify(path)} ${message}`),
    '--- the gateway',
    JSON.stringify(ours.data ?? null),
    ...ours.errors.map(
      ({ path, message, extensions }) => `${JSON.stringify(path)} ${message} ${JSON.stringify(extensions)}`,
    ),
    ...[...sdls].map(([name, sdl]) => `--- subgraph ${name}\n${sdl}`),
    `--- data seed ${dataSeed}, noise ${JSON.stringify(noise)}`,
    `--- graph\n${JSON.stringify(world.view.graph)}`,
  ].join('\n');
}
