import type { FetchNode, FlattenNode, PlanNode } from '@apollo/query-planner';

/** A fetch of entities that stand at one or more places. */
export interface EntityFetch {
  readonly fetch: FetchNode;
  readonly flattens: readonly FlattenNode[];
}

/**
 * Finds among steps that run at the same time those that ask the same of one subgraph for entities at different places,
 * such as the owners of two notebooks: one request can bring them all, each entity once. The rest stays as it is.
 */
export function groupSameFetches(nodes: readonly PlanNode[]): readonly (PlanNode | EntityFetch)[] {
  const groups = new Map<string, FlattenNode[]>();
  const others: PlanNode[] = [];
  for (const node of nodes) {
    const key = node.kind === 'Flatten' && node.node.kind === 'Fetch' ? keyOf(node.node) : null;
    if (key === null || node.kind !== 'Flatten') others.push(node);
    else groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...[...groups.values()].map(toFetch), ...others];
}

function toFetch(flattens: readonly FlattenNode[]): PlanNode | EntityFetch {
  const [first] = flattens;
  const fetch = first?.node;
  if (!first || fetch?.kind !== 'Fetch') throw new TypeError('Only fetches are grouped.');
  return flattens.length === 1 ? first : { fetch, flattens };
}

/** Equal for fetches that differ in their name and place only; null for one that deferred parts wait for. */
function keyOf({ id, operationName = '', operation, operationDocumentNode: _, ...fetch }: FetchNode): string | null {
  if (id !== undefined || !fetch.requires) return null;
  return JSON.stringify({ ...fetch, operation: operation.replace(operationName, '') });
}
