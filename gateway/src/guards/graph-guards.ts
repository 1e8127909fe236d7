import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';

import { AccessRules } from './access/access-rules';
import { type DocumentAccess, documentAccess } from './access/document-access';
import { appliedDirectives } from './applied-directives';
import { type CachePolicy, CacheHints } from './cache/cache-policy';
import type { CostOf } from './cost/cost-of';
import { CostWeights } from './cost/cost-weights';
import { operationCost } from './cost/operation-cost';
import { countRootFields } from './root-fields';
import { SameForAll, type Sharing } from './sharing/same-for-all';

/** What the guards know of a document before it runs; the same for every request with it. */
export interface DocumentFacts {
  readonly cost: CostOf;
  readonly access: DocumentAccess;
  /** How often each root field is executed, aliases counted apart. */
  readonly rootFields: ReadonlyMap<string, number>;
  /** Null when its responses may not be kept. */
  readonly cache: CachePolicy | null;
  /** Null when its results depend on who asks, or it is no subscription. */
  readonly sharing: Sharing | null;
}

/** The guards of one supergraph. */
export interface GraphGuards {
  readonly rules: AccessRules;
  /** The facts of a valid operation, or the errors for which it cannot run. */
  inspect(document: DocumentNode, operation: OperationDefinitionNode): DocumentFacts | readonly GraphQLError[];
}

/** Reads what a supergraph says of cost, access, caching and sharing, once. `assumedListSize` is for lists of which it says nothing. */
export function createGraphGuards(supergraphSdl: string, schema: GraphQLSchema, assumedListSize: number): GraphGuards {
  const directives = appliedDirectives(parse(supergraphSdl, { noLocation: true }));
  const costs = { schema, weights: new CostWeights(directives), assumedListSize };
  const rules = new AccessRules(directives);
  const hints = new CacheHints(directives);
  const same = new SameForAll(directives);
  return {
    rules,
    inspect(document, operation) {
      try {
        return {
          cost: operationCost(costs, document, operation),
          access: documentAccess(schema, rules, document, operation),
          rootFields: countRootFields(document, operation),
          cache: hints.policyOf(schema, document, operation),
          sharing: same.sharingOf(schema, document, operation),
        };
      } catch (error) {
        if (error instanceof GraphQLError) return [error];
        throw error;
      }
    },
  };
}
