import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

import type { Logger } from '@terakoya/common/logging';

import { bindOperation } from './bound-operation';
import type { OperationRequest, Preparation } from './operation';
import type { OperationLimits } from './operation-limits';
import { TypeConditions } from './plan/type-conditions';
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
  /** Whether errors of subgraphs that have no code of ours are shown as they are; hidden by default. */
  readonly showsUnknownErrors?: boolean;
  readonly logger: Logger;
}

/** Plans operations over the supergraph and executes them on its subgraphs. */
export function createExecution(options: ExecutionOptions): Execution {
  const supergraph = Supergraph.build(options.supergraphSdl);
  const schema = supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true });
  const onUnexpected = (error: unknown): void => {
    options.logger.error({ err: error }, 'executing an operation met something unexpected');
  };
  const { client, limits, introspection, showsUnknownErrors = false } = options;
  const types = new TypeConditions(supergraph.schema.toGraphQLJSSchema());
  const planner = new Planner({ supergraph, schema, types, limits, introspection });
  const engine = { schema, types, client, errors: { showsUnknown: showsUnknownErrors, onUnexpected } };
  return {
    schema,
    async prepare({ query, operationName, variables, acceptsParts = false }) {
      const planned = await planner.plan(query, operationName ?? null, acceptsParts);
      return isPlanned(planned) ? bindOperation(engine, planned, variables ?? {}) : { errors: planned };
    },
  };
}
