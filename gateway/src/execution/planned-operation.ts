import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';

/** What is the same for every execution of a document: kept in the cache. */
export interface PlannedOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** What is fetched; of a subscription, what is fetched for one event. */
  readonly plan: QueryPlan;
  /** The part of a subscription's selection that the event itself answers. */
  readonly eventDocument: DocumentNode | null;
}

/** The name under which the event stands in for a subgraph. */
export const EVENT_SOURCE = '(event)';

/**
 * Makes the plan of a subscription one that can be executed for each event: first the event itself is "fetched", then
 * the rest of the selection from the subgraphs.
 */
export function planForEvents(primary: FetchNode, rest: PlanNode | undefined): QueryPlan {
  const event: FetchNode = { ...primary, serviceName: EVENT_SOURCE };
  return { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [event, rest] } : event };
}
