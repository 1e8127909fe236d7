import { print } from 'graphql';

import { createLogger } from '@terakoya/common/logging';

import { type Execution, createExecution, toResult } from '../../src/execution';
import type { Operation } from './operation';
import { isKnownAssertion } from './planner-limits';
import type { SubgraphServers } from './subgraph-servers';

/** An answer of the execution, read from its JSON text. */
export interface GatewayAnswer {
  /** The query planner failed one of its assertions that are known (planner-limits.ts). */
  readonly isUnplannable: boolean;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

const UNPLANNABLE = 'It cannot be planned: ';
const NO_LIMIT = 1_000_000;
const LIMITS = { tokens: NO_LIMIT, depth: NO_LIMIT, aliases: NO_LIMIT, rootFields: NO_LIMIT, fields: NO_LIMIT };

/** An execution of the supergraph on subgraphs in this process. */
export function openExecution(supergraphSdl: string, { client }: Pick<SubgraphServers, 'client'>): Execution {
  const logger = createLogger('gateway', 'silent');
  return createExecution({
    supergraphSdl,
    client,
    limits: LIMITS,
    introspection: true,
    showsUnknownErrors: true,
    logger,
  });
}

/**
 * The one place where these tests touch the execution. An operation that is refused gives no data and the errors of the
 * refusal.
 */
export async function runOperation(execution: Execution, { document, variables }: Operation): Promise<GatewayAnswer> {
  const { operation, errors } = await execution.prepare({ query: print(document), variables });
  if (!operation) {
    const told = errors.map((error) => error.toJSON());
    const isUnplannable = told.some(({ message }) => message.startsWith(UNPLANNABLE) && isKnownAssertion(message));
    return { isUnplannable, data: undefined, errors: told };
  }
  const { data, errors: told = [] } = toResult(await operation.execute({ viewer: null }));
  return { isUnplannable: false, data, errors: told };
}
