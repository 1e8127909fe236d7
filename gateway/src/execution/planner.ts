import { createHash } from 'node:crypto';

import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

import { messageOf } from '@terakoya/common/errors';
import { counter, withSpan } from '@terakoya/common/telemetry';

import type { DocumentFacts, GraphGuards } from '../guards/graph-guards';
import { BoundedCache } from './bounded-cache';
import { toRequestError } from './client-errors';
import { type OperationLimits, findPassedLimits, limitError } from './operation-limits';
import type { FilteredPlan } from './filtered-plan';
import { type CompileSchemas, PlannedOperation } from './planned-operation';
import { PlanNames, fieldsWithArguments } from './plan-names';
import { withoutDefer } from './shape/document-reader';

/** Plans kept, and characters of the documents they belong to. */
const MOST_PLANS = 1_000;
const MOST_CHARACTERS = 4_000_000;
/** The variable by which entities are asked for (Apollo Federation, subgraph specification). */
const RESERVED = 'representations';

export interface PlannerOptions extends CompileSchemas {
  readonly supergraph: Supergraph;
  readonly limits: OperationLimits;
  readonly introspection: boolean;
  readonly guards: GraphGuards;
}

/** A document that was checked and planned, and what the guards know of it. */
export interface PlannedDocument {
  readonly key: string;
  readonly planned: PlannedOperation;
  readonly facts: DocumentFacts;
  /** Plans of it without what some viewers are refused, by their access key. */
  readonly filtered: Map<string, FilteredPlan>;
}

type Planned = PlannedDocument | readonly GraphQLError[];

/** Parses, checks and plans documents; one that was seen before is taken from a bounded cache. */
export class Planner {
  readonly #planner: QueryPlanner;
  readonly #withArguments: ReadonlySet<string>;
  readonly #cache = new BoundedCache<PlannedDocument>(MOST_PLANS, MOST_CHARACTERS);
  readonly #plans = counter('terakoya_graphql_plans_total', 'Documents planned, by where the plan came from.', [
    'result',
  ]);

  constructor(private readonly options: PlannerOptions) {
    this.#withArguments = fieldsWithArguments(options.schema);
    this.#planner = new QueryPlanner(options.supergraph, {
      reuseQueryFragments: false,
      typeConditionedFetching: true,
      incrementalDelivery: { enableDefer: true },
    });
  }

  /** `acceptsParts` says whether the client takes a response in parts; if not, `@defer` counts for nothing. */
  async plan(query: string, operationName: string | null, acceptsParts: boolean): Promise<Planned> {
    const inParts = acceptsParts && query.includes('@defer');
    const key = createHash('sha256')
      .update(operationName ?? '')
      .update(inParts ? '\0parts' : '')
      .update('\0')
      .update(query)
      .digest('base64');
    const known = this.#cache.get(key);
    if (known) {
      this.#plans.inc({ result: 'hit' });
      return known;
    }
    const planned = await withSpan('gateway.validate', {}, async () => this.#plan(key, query, operationName, inParts));
    if (!isPlanned(planned)) {
      this.#plans.inc({ result: 'invalid' });
      return planned;
    }
    this.#plans.inc({ result: 'miss' });
    this.#cache.set(key, planned, query.length);
    return planned;
  }

  #plan(key: string, query: string, operationName: string | null, inParts: boolean): Planned {
    const { schema, limits, introspection, guards } = this.options;
    const document = parseBounded(query, limits.tokens);
    if (document instanceof GraphQLError) return [document];
    const definition = getOperationAST(document, operationName);
    if (!definition) return [noOperation(operationName)];
    if (!schema.getRootType(definition.operation)) return [noRootType(definition)];
    const passed = findPassedLimits(document, definition, limits);
    if (passed.length > 0) return passed;
    const errors = validateSafely(schema, document, introspection);
    if (errors.length > 0) return errors;
    const reserved = definition.variableDefinitions?.find(({ variable }) => variable.name.value === RESERVED);
    if (reserved) return [reservedName(reserved)];
    const facts = guards.inspect(document, definition);
    if (!('cost' in facts)) return facts;
    return { key, facts, planned: this.#planValid(document, definition, inParts), filtered: new Map() };
  }

  /** The plan of a document that is known to be valid; its responses come as a whole. */
  planValid(document: DocumentNode, definition: OperationDefinitionNode): PlannedOperation {
    return this.#planValid(document, definition, false);
  }

  #planValid(original: DocumentNode, { name }: OperationDefinitionNode, inParts: boolean): PlannedOperation {
    const document = inParts ? original : withoutDefer(original);
    const definition = getOperationAST(document, name?.value);
    if (!definition) throw new RangeError('The operation is not in its document.');
    const apiSchema = this.options.supergraph.apiSchema();
    const operationName = definition.name?.value;
    const names = new PlanNames(this.#withArguments);
    const named = { document, definition, names, renamed: names.rename(document) };
    const plan = (given: DocumentNode) =>
      this.#planner.buildQueryPlan(operationFromDocument(apiSchema, given, { operationName, validate: false }));
    return new PlannedOperation(named, plan, this.options);
  }
}

export function isPlanned(planned: Planned): planned is PlannedDocument {
  return 'planned' in planned;
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

/** graphql-js does not check an operation of a kind that the schema has nothing of. */
function noRootType({ operation }: OperationDefinitionNode): GraphQLError {
  return new GraphQLError(`The schema has no ${operation}.`, { extensions: { code: 'BAD_USER_INPUT' } });
}

function reservedName(node: VariableDefinitionNode): GraphQLError {
  const message = `A variable may not be named "${RESERVED}": requests to subgraphs use that name.`;
  return new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } });
}

function noOperation(operationName: string | null): GraphQLError {
  const message = operationName
    ? `The document has no operation named "${operationName}".`
    : 'The document must have one operation, or `operationName` must name one of them.';
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
