import { CompositionError, composeSupergraph } from '../../../scripts/schema/compose';
import type { Execution } from '../../src/execution';
import { differences } from './compare';
import type { Graph } from './graph';
import { GraphView } from './graph-view';
import { Monolith, type MonolithAnswer } from './monolith';
import type { Operation } from './operation';
import { type GatewayAnswer, openExecution, runOperation } from './run-operation';
import { signatures } from './signatures';
import { subgraphSdl } from './subgraph-sdl';
import { SubgraphServers, type Traffic, noTraffic } from './subgraph-servers';
import { World } from './world';

/** A graph in both forms, ready for operations. */
export interface OpenedGraph {
  readonly world: World;
  readonly sdls: ReadonlyMap<string, string>;
  readonly monolith: Monolith;
  readonly execution: Execution;
  readonly servers: SubgraphServers;
}

/** What both answered, what they asked for it, and how they differ. */
export interface Outcome {
  readonly ours: GatewayAnswer;
  readonly expected: MonolithAnswer;
  readonly traffic: Traffic;
  /** The query planner could not plan it, or planned what no executor can put right: nothing to compare. */
  readonly isMisplanned: boolean;
  readonly differences: readonly string[];
}

/**
 * Opens a graph; CompositionError when its subgraphs do not fit together. Clients must see the same schema of the
 * supergraph as of the monolith, although that was derived without composition.
 */
export function openGraph(graph: Graph): OpenedGraph {
  const view = new GraphView(graph);
  const world = new World(view);
  const sdls = new Map(graph.subgraphs.map((name) => [name, subgraphSdl(view, name)]));
  const services = [...sdls].map(([name, sdl]) => ({ name, url: `http://${name}.test/graphql`, sdl }));
  const supergraphSdl = composeSupergraph(services);
  const servers = new SubgraphServers(world, sdls);
  const opened = {
    world,
    sdls,
    monolith: new Monolith(world),
    servers,
    execution: openExecution(supergraphSdl, servers),
  };
  const [ours, expected] = [opened.execution.schema, opened.monolith.schema].map((schema) =>
    signatures(schema).join('\n'),
  );
  if (ours !== expected) throw new Error(`Not what clients should see:\n${ours}\n\ninstead of\n${expected}`);
  return opened;
}

/** The same, or null when the subgraphs do not fit together. */
export function tryToOpenGraph(graph: Graph): OpenedGraph | null {
  try {
    return openGraph(graph);
  } catch (error) {
    if (error instanceof CompositionError) return null;
    throw error;
  }
}

/** Executes a valid operation in both forms. */
export async function compareOperation(opened: OpenedGraph, operation: Operation): Promise<Outcome> {
  const { monolith, execution, servers } = opened;
  const traffic = noTraffic();
  servers.traffic = traffic;
  const expected = monolith.execute(operation);
  const ours = await runOperation(execution, operation);
  const isMisplanned = ours.isUnplannable || traffic.misplanned.length > 0;
  return { ours, expected, traffic, isMisplanned, differences: [...traffic.problems, ...differences(ours, expected)] };
}
