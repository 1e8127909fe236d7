import { type DocumentNode, type ExecutionResult, getOperationAST } from 'graphql';

import { histogram, setSpanAttributes } from '@terakoya/common/telemetry';

const MOST_NAMES = 200;
const names = new Set<string>();

const took = histogram('terakoya_operation_seconds', 'Time an operation took, by name and outcome.', [
  'operation',
  'type',
  'outcome',
]);

/** Counts and times an operation; names beyond the first 200 are counted together, so that clients cannot flood metrics. */
export async function observeOperations(
  document: DocumentNode,
  operationName: string | null,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const operation = getOperationAST(document, operationName);
  const labels = { operation: bounded(operation?.name?.value ?? 'anonymous'), type: operation?.operation ?? 'unknown' };
  setSpanAttributes({ 'graphql.operation.name': labels.operation, 'graphql.operation.type': labels.type });
  const ended = took.startTimer(labels);
  try {
    const result = await run();
    ended({ outcome: result.errors ? 'errors' : 'ok' });
    return result;
  } catch (error) {
    ended({ outcome: 'failed' });
    throw error;
  }
}

function bounded(name: string): string {
  if (names.has(name)) return name;
  if (names.size >= MOST_NAMES) return 'other';
  names.add(name);
  return name;
}
