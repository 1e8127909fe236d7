import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

import type { Logger } from '@terakoya/common/logging';

import { bindOperation } from './bound-operation';
import { createDataSources } from './data-sources';
import type { OperationRequest, Preparation } from './operation';
import type { OperationLimits } from './operation-limits';
import { Planner, isPlanned } from './planner';
import type { SubgraphClient } from './subgraphs/subgraph-client';

/** Executes operations on the whole graph. */
export interface Execution {
  /** The schema clients see. */
  readonly schema: GraphQLSchema;
  /** Parses, checks, plans and gives variables to an operation; the plan of a known document is reused. */
  prepare(request: OperationRequest): Promise<Preparation>;
}

export interface ExecutionOptions {
  readonly supergraphSdl: string;
  readonly client: SubgraphClient;
  readonly limits: OperationLimits;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  readonly logger: Logger;
}

/** Plans operations over the supergraph and executes them on its subgraphs. */
export function createExecution(options: ExecutionOptions): Execution {
  const supergraph = Supergraph.build(options.supergraphSdl);
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const names = supergraph.subgraphsMetadata().map(({ name }) => name);
  const onUnexpected = (error: unknown): void => {
    options.logger.error({ err: error }, 'executing an operation met something unexpected');
  };
  const planner = new Planner({ supergraph, schema, limits: options.limits, introspection: options.introspection });
  const engine = {
    schema,
    apiSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    sources: createDataSources(names, options.client, onUnexpected),
    onUnexpected,
  };
  return {
    schema,
    async prepare({ query, operationName, variables }) {
      const planned = await planner.plan(query, operationName ?? null);
      return isPlanned(planned) ? bindOperation(engine, planned, variables ?? {}) : { errors: planned };
    },
  };
}
