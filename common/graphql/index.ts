import 'reflect-metadata';

export { ConnectionArgs } from './connection.args';
export { PAGED, PageInfo, connectionOf, toConnection, type ConnectionShape, type EdgeShape } from './connection.type';
export { toClientError } from './client-errors';
export { createGraphqlEndpoint, type GraphqlEndpointOptions } from './graphql-endpoint';
export { enforceAccess } from './enforce-access';
export { withLinks } from './federation-link';
export { IdArg, IdField } from './id-of';
export { createLoader } from './loader';
export { createListLoaders } from './list-loader';
export { NodeType } from './node.type';
export { createSubgraphSchema, type ReferenceResolvers, type SubgraphSchemaOptions } from './subgraph-schema';
export { createSubgraphHost, type SubgraphContext, type SubgraphHostOptions } from './subgraph-host';
export { DateTimeScalar, UrlScalar } from './scalars';
