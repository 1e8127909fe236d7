export { createExecution, type Execution, type OperationInput } from './execution';
export { createSubgraphFetcher, type Fetcher, type FetchContext } from './subgraph-fetcher';
export { subgraphUrlShape, subgraphUrlsOf } from './subgraph-urls';
export { supergraphSdl } from './supergraph';
