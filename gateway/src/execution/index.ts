export { createExecution, type Execution, type ExecutionOptions } from './execution';
export type { ExecutionContext, Operation, OperationRequest, Preparation } from './operation';
export type { OperationLimits } from './operation-limits';
export { createSubgraphClient, type SubgraphClient, type SubgraphRequest } from './subgraph-client';
export type { SubgraphResponse } from './subgraph-response';
export { executionShape, subgraphUrls } from './execution-shape';
export { openExecution, type OpenedExecution } from './open-execution';
export { toClientError } from './client-errors';
