import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLSchema, execute, parse } from 'graphql';

import type { JsonObject } from './json';
import { merge } from './merge';
import { compileRewrites } from './rewrites';
import type { PlacedError, Step } from './run';
import type { TypeConditions } from './type-conditions';

/**
 * Compiles the primary fetch of a subscription: what it asks for is taken from the event itself, as the schema says,
 * instead of from the subgraph that declares the subscription.
 */
export function compileEvent(node: FetchNode, schema: GraphQLSchema, types: TypeConditions): Step {
  const document = parse(node.operation, { noLocation: true });
  const rewrite = compileRewrites(node.outputRewrites, types);
  return async (run) => {
    const { event: rootValue, variables: variableValues } = run;
    const { data, errors = [] } = await execute({ schema, document, rootValue, variableValues });
    if (data) {
      const found: JsonObject = { ...data };
      rewrite?.(found);
      merge(run.data, found, types.isInterface);
    }
    run.errors.push(...errors.map(toPlacedError));
  };
}

function toPlacedError({ message, path, extensions }: PlacedError): PlacedError {
  return { message, path, extensions };
}
