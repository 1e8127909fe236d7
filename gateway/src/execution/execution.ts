import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import type { GraphQLError, GraphQLSchema } from 'graphql';

import type { Logger } from '@terakoya/common/logging';

import { costIn } from '../guards/cost/cost-of';
import { type PersistedDocuments, refusePersisted } from '../guards/documents/persisted-documents';
import { createGraphGuards } from '../guards/graph-guards';
import { fieldsServedElsewhere } from '../guards/unserved-fields';
import { bindOperation } from './bound-operation';
import { AccessGuardedOperation } from './guarded-operation';
import type { GuardedPreparation, OperationRequest } from './operation';
import { type OperationLimits, limitError } from './operation-limits';
import { TypeConditions } from './plan/type-conditions';
import { type PlannedDocument, Planner, isPlanned } from './planner';
import type { SubgraphClient } from './subgraphs/subgraph-client';

/** Executes operations on the whole graph. */
export interface Execution {
  /** The schema clients see. */
  readonly schema: GraphQLSchema;
  /**
   * Finds, parses, checks, plans and gives variables to an operation; the plan of a known document is reused. The guards
   * that concern the operation itself stand here, so that they hold whatever way it came: limits, cost, persisted
   * documents; and access, when it is executed.
   */
  prepare(request: OperationRequest): Promise<GuardedPreparation>;
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
  /** Persisted documents; without them every operation must bring its text. */
  readonly documents?: PersistedDocuments;
  /** Items of a list of which the schema says nothing, for the cost; 10 without it. */
  readonly assumedListSize?: number;
  /** Root fields that are refused here because only another service counts the attempts at them. */
  readonly servedElsewhere?: ReadonlySet<string>;
}

/** What the guards of ours make true beyond Apollo's own list. */
const ENFORCED_FEATURES = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  'https://specs.apollo.dev/authenticated/v0.1',
  'https://specs.apollo.dev/requiresScopes/v0.1',
  'https://specs.apollo.dev/policy/v0.1',
]);

const ASSUMED_LIST_SIZE = 10;

/** Reads a supergraph; throws when it asks for what is not enforced here. */
export function readSupergraphSdl(sdl: string): Supergraph {
  return Supergraph.build(sdl, { supportedFeatures: ENFORCED_FEATURES });
}

/** Plans operations over the supergraph and executes them on its subgraphs. */
export function createExecution(options: ExecutionOptions): Execution {
  const supergraph = readSupergraphSdl(options.supergraphSdl);
  const schema = supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true });
  const onUnexpected = (error: unknown): void => {
    options.logger.error({ err: error }, 'executing an operation met something unexpected');
  };
  const { client, limits, introspection, assumedListSize = ASSUMED_LIST_SIZE, showsUnknownErrors = false } = options;
  const guards = createGraphGuards(options.supergraphSdl, schema, assumedListSize);
  const types = new TypeConditions(supergraph.schema.toGraphQLJSSchema());
  const planner = new Planner({ supergraph, schema, types, limits, introspection, guards });
  const engine = { schema, types, client, errors: { showsUnknown: showsUnknownErrors, onUnexpected } };
  const planValid = planner.planValid.bind(planner);

  const bind = (document: PlannedDocument, variables: Readonly<Record<string, unknown>>): GuardedPreparation => {
    const unserved = fieldsServedElsewhere(document.facts, options.servedElsewhere);
    if (unserved.length > 0) return { errors: unserved };
    const bound = bindOperation(engine, document.planned, variables);
    if (!bound.operation) return bound;
    const cost = costIn(document.facts.cost, variables);
    if (cost > (limits.cost ?? Infinity)) return { errors: [tooDear(limits.cost ?? 0, cost)] };
    const shared = {
      schema,
      rules: guards.rules,
      planValid,
      bind: (planned: PlannedDocument['planned']) => bindOperation(engine, planned, variables),
    };
    return { operation: new AccessGuardedOperation(shared, document, bound.operation, cost) };
  };

  return {
    schema,
    async prepare(request) {
      const found = options.documents ? await options.documents.find(request) : refusePersisted(request);
      if (found.errors) return found;
      const planned = await planner.plan(found.query, request.operationName ?? null, request.acceptsParts ?? false);
      if (!isPlanned(planned)) return { errors: planned };
      options.documents?.passed(found);
      return bind(planned, request.variables ?? {});
    },
  };
}

function tooDear(maximum: number, actual: number): GraphQLError {
  return limitError('cost', 'units of cost', maximum, actual);
}
