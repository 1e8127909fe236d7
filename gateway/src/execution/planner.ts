import { createHash } from 'node:crypto';

import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

import { messageOf } from '@terakoya/common/errors';
import { counter, withSpan } from '@terakoya/common/telemetry';

import { BoundedCache } from './bounded-cache';
import { toRequestError } from './client-errors';
import { type OperationLimits, findPassedLimits, limitError } from './operation-limits';
import { withoutDefer } from './shape/document-reader';
import { type CompileSchemas, type PlannedOperation, compileOperation } from './planned-operation';

/** Plans kept, and characters of the documents they belong to. */
const MOST_PLANS = 1_000;
const MOST_CHARACTERS = 4_000_000;

export interface PlannerOptions extends CompileSchemas {
  readonly supergraph: Supergraph;
  readonly limits: OperationLimits;
  readonly introspection: boolean;
}

type Planned = PlannedOperation | readonly GraphQLError[];

/** Parses, checks and plans documents; one that was seen before is taken from a bounded cache. */
export class Planner {
  readonly #planner: QueryPlanner;
  readonly #cache = new BoundedCache<PlannedOperation>(MOST_PLANS, MOST_CHARACTERS);
  readonly #plans = counter('terakoya_graphql_plans_total', 'Documents planned, by where the plan came from.', [
    'result',
  ]);

  constructor(private readonly options: PlannerOptions) {
    this.#planner = new QueryPlanner(options.supergraph, {
      reuseQueryFragments: false,
      typeConditionedFetching: true,
      incrementalDelivery: { enableDefer: true },
    });
  }

  /** `acceptsParts` says whether the client takes a response in parts; if not, `@defer` counts for nothing. */
  async plan(query: string, operationName: string | null, acceptsParts: boolean): Promise<Planned> {
    const key = createHash('sha256')
      .update(operationName ?? '')
      .update(acceptsParts && query.includes('@defer') ? '\0parts' : '')
      .update('\0')
      .update(query)
      .digest('base64');
    const known = this.#cache.get(key);
    if (known) {
      this.#plans.inc({ result: 'hit' });
      return known;
    }
    const planned = await withSpan('gateway.plan', {}, async () => this.#plan(query, operationName, acceptsParts));
    if (!isPlanned(planned)) {
      this.#plans.inc({ result: 'invalid' });
      return planned;
    }
    this.#plans.inc({ result: 'miss' });
    this.#cache.set(key, planned, query.length);
    return planned;
  }

  #plan(query: string, operationName: string | null, acceptsParts: boolean): Planned {
    const { schema, limits, introspection } = this.options;
    const document = parseBounded(query, limits.tokens);
    if (document instanceof GraphQLError) return [document];
    const definition = getOperationAST(document, operationName);
    if (!definition) return [noOperation(operationName)];
    const passed = findPassedLimits(document, definition, limits);
    if (passed.length > 0) return passed;
    const errors = validateSafely(schema, document, introspection);
    if (errors.length > 0) return errors;
    return this.#planValid(acceptsParts ? document : withoutDefer(document), operationName);
  }

  #planValid(document: DocumentNode, name: string | null): Planned {
    const definition = getOperationAST(document, name);
    if (!definition) return [noOperation(name)];
    const apiSchema = this.options.supergraph.apiSchema();
    const operationName = definition.name?.value;
    const operation = operationFromDocument(apiSchema, document, { operationName, validate: false });
    return compileOperation(document, definition, this.#planner.buildQueryPlan(operation), this.options);
  }
}

export function isPlanned(planned: Planned): planned is PlannedOperation {
  return 'document' in planned;
}

function parseBounded(query: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const isTooLong = error.message.includes('more that') || error.message.includes('more than');
    return isTooLong ? limitError('tokens', 'tokens', maxTokens, undefined) : toRequestError(error);
  }
}

/** graphql-js throws, instead of telling, on a variable in a directive at the root of a subscription. */
function validateSafely(
  schema: GraphQLSchema,
  document: DocumentNode,
  introspection: boolean,
): readonly GraphQLError[] {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  try {
    return validate(schema, document, rules, { maxErrors: 20 }).map(toRequestError);
  } catch (error) {
    return [toRequestError(new GraphQLError(messageOf(error)))];
  }
}

function noOperation(operationName: string | null): GraphQLError {
  const message = operationName
    ? `The document has no operation named "${operationName}".`
    : 'The document must have one operation, or `operationName` must name one of them.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
