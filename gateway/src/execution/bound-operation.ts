import { GraphQLError, type GraphQLSchema, Kind, getArgumentValues, getVariableValues } from 'graphql';

import { messageOf } from '@terakoya/common/errors';

import { toRequestError } from './client-errors';
import { Deferral } from './deferral';
import type { ExecutionContext, Operation, Preparation } from './operation';
import type { JsonObject } from './plan/json';
import type { Run } from './plan/run';
import type { TypeConditions } from './plan/type-conditions';
import type { PlannedOperation, Variant } from './planned-operation';
import type { Executed } from './response';
import { type ErrorPolicy, failureOf, toResponseErrors } from './response-errors';
import { createSend } from './send';
import { Writing } from './shape/writing';
import type { SubgraphClient } from './subgraphs/subgraph-client';

/** What every execution shares. */
export interface Engine {
  readonly schema: GraphQLSchema;
  readonly types: TypeConditions;
  readonly client: SubgraphClient;
  readonly errors: ErrorPolicy;
}

/** Gives a planned operation its variables, or tells which of them are wrong. */
export function bindOperation(
  engine: Engine,
  planned: PlannedOperation,
  variables: Readonly<Record<string, unknown>>,
): Preparation {
  const definitions = planned.definition.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(engine.schema, definitions, variables, { maxErrors: 5 });
  if (errors) return { errors: errors.map(toRequestError) };
  try {
    const variant = planned.variantFor(coerced);
    return { operation: new BoundOperation(engine, planned, coerced, variant) };
  } catch (error) {
    return { errors: [unplannable(error, engine.errors)] };
  }
}

/** The planner has defects: a valid operation that it cannot plan is one of ours, not of the client. */
function unplannable(error: unknown, policy: ErrorPolicy): GraphQLError {
  const { message, extensions = {} } = failureOf(error, policy);
  const shown = policy.showsUnknown ? `It cannot be planned: ${messageOf(error)}` : message;
  return new GraphQLError(shown, { extensions });
}

class BoundOperation implements Operation {
  constructor(
    private readonly engine: Engine,
    private readonly planned: PlannedOperation,
    readonly variables: Record<string, unknown>,
    private readonly variant: Variant,
  ) {}

  get type(): Operation['type'] {
    return this.planned.definition.operation;
  }

  get name(): string | null {
    return this.planned.definition.name?.value ?? null;
  }

  get document(): Operation['document'] {
    return this.planned.document;
  }

  get subscription(): Operation['subscription'] {
    if (this.type !== 'subscription') return null;
    const [root] = this.planned.definition.selectionSet.selections;
    if (root?.kind !== Kind.FIELD) return null;
    const definition = this.engine.schema.getSubscriptionType()?.getFields()[root.name.value];
    if (!definition) return null;
    return { field: root.name.value, arguments: getArgumentValues(definition, root, this.variables) };
  }

  async execute(context: ExecutionContext, event?: Readonly<JsonObject>): Promise<Executed> {
    const { engine, planned, variables, variant } = this;
    const send = createSend(engine.client, context, this.type !== 'mutation', engine.errors);
    const run: Run = { data: {}, errors: [], lost: [], variables, send, ...(event ? { event } : {}) };
    try {
      if (planned.hasDeferred) return await this.#executeInParts(run);
      await variant.step?.(run);
      return this.#write(run);
    } catch (error) {
      return {
        data: 'null',
        errors: toResponseErrors({ errors: [failureOf(error, engine.errors)] }, engine.errors, planned.names),
      };
    }
  }

  async #executeInParts(run: Run): Promise<Executed> {
    const deferral = new Deferral(this.engine.types, this.engine.errors, this.planned.names);
    const given = Promise.withResolvers<void>();
    await this.variant.step?.({
      ...run,
      defer: (steps) => deferral.follow(run, steps, given.promise),
      fetched: (id) => deferral.fetched(id),
    });
    const first = this.#write(run);
    given.resolve();
    deferral.ended();
    return deferral.isEmpty ? first : { ...first, deferred: deferral.parts() };
  }

  #write({ data, errors, lost }: Pick<Run, 'data' | 'errors' | 'lost'>): Executed {
    const { engine, planned, variables } = this;
    if (planned.introspect) Object.assign(data, planned.introspect(variables));
    const writing = new Writing();
    const text = this.variant.write(data, writing) ?? 'null';
    return {
      data: text,
      errors: toResponseErrors({ errors, lost, flaws: writing.flaws }, engine.errors, planned.names),
    };
  }
}
