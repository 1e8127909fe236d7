export { createExecution, readSupergraphSdl, type Execution, type ExecutionOptions } from './execution';
export type {
  ExecutionContext,
  GuardedOperation,
  GuardedPreparation,
  Operation,
  OperationRequest,
  Preparation,
} from './operation';
export { responseText, toResult, type DeferredPart, type Executed, type ResponseError, type Result } from './response';
export type { OperationLimits } from './operation-limits';
export {
  createSubgraphClient,
  type Asker,
  type SubgraphClient,
  type SubgraphRequest,
} from './subgraphs/subgraph-client';
export { NODES, NODES_SDL } from './nodes/nodes-sdl';
export { withNodes } from './nodes/nodes-subgraph';
export type { SubgraphResponse } from './subgraphs/subgraph-response';
export { executionShape, showsSchema, subgraphUrls } from './execution-shape';
export { openExecution, type OpenedExecution } from './open-execution';
export { toClientError } from './client-errors';
