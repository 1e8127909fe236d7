import type { ErrorCode } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import { counter, histogram } from '@terakoya/common/telemetry';

/** What is recorded of one executed operation. */
export interface ExecutedOperation {
  readonly name: string | null;
  readonly type: string;
  readonly seconds: number;
  /** What it counted for, in units of cost. */
  readonly cost: number;
  /** Codes of its errors. */
  readonly codes: readonly string[];
}

export interface GatewayEvents {
  operationExecuted(operation: ExecutedOperation): void;
  /** A request that never became an operation. */
  requestRefused(code: string): void;
  /** A rate limit was passed, by its name. */
  rateLimited(by: string): void;
  /** Redis did not tell whether a rate limit is passed, and this process decided by itself. */
  rateStoreAway(): void;
  /** A response was looked for among those that are kept: `stale` when what it shows has changed. */
  responseSought(result: 'hit' | 'miss' | 'stale'): void;
  unexpected(error: unknown): void;
}

/** Clients choose the names, so only so many become labels; the rest are `other`. */
const MOST_NAMES = 200;

/** Codes that tell of something broken here; the others answer a request that cannot be met. */
const OUR_FAULT: ReadonlySet<string> = new Set<ErrorCode>(['INTERNAL_SERVER_ERROR', 'TIMED_OUT', 'UNAVAILABLE']);

const COSTS = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];

/** Metrics (rate, errors, duration by operation) and log lines of the gateway. */
export function createGatewayEvents(logger: Logger): GatewayEvents {
  const operations = counter(
    'terakoya_graphql_operations_total',
    'Operations by name, type and outcome: ok, refused or failed.',
    ['operation', 'type', 'outcome'],
  );
  const duration = histogram('terakoya_graphql_operation_seconds', 'Duration of operations.', ['operation', 'type']);
  const errors = counter('terakoya_graphql_response_errors_total', 'Errors in responses by code.', ['code']);
  const refused = counter('terakoya_graphql_refused_total', 'Requests refused before execution by code.', ['code']);
  const costs = histogram('terakoya_graphql_operation_cost', 'Cost of executed operations.', ['type'], COSTS);
  const away = counter('terakoya_gateway_rate_store_away_total', 'Rate decisions made without Redis.');
  const limited = counter('terakoya_rate_limited_total', 'Operations refused by a rate limit, by its name.', ['by']);
  const sought = counter('terakoya_gateway_response_cache_total', 'Kept responses looked for, by result.', ['result']);
  const names = new Set<string>();
  const labelOf = (name: string | null): string => {
    if (name === null) return 'anonymous';
    if (names.size < MOST_NAMES) names.add(name);
    return names.has(name) ? name : 'other';
  };
  return {
    operationExecuted({ name, type, seconds, cost, codes }) {
      const operation = labelOf(name);
      const outcome = outcomeOf(codes);
      operations.inc({ operation, type, outcome });
      duration.observe({ operation, type }, seconds);
      costs.observe({ type }, cost);
      for (const code of codes) errors.inc({ code });
      logger.info({ operation: name, type, cost, ms: Math.round(seconds * 1000), codes }, 'operation executed');
    },
    requestRefused(code) {
      refused.inc({ code });
      logger.debug({ code }, 'request refused');
    },
    rateLimited: (by) => limited.inc({ by }),
    rateStoreAway: () => away.inc(),
    responseSought: (result) => sought.inc({ result }),
    unexpected(error) {
      logger.error({ err: error }, 'a request failed unexpectedly');
    },
  };
}

function outcomeOf(codes: readonly string[]): 'ok' | 'refused' | 'failed' {
  if (codes.length === 0) return 'ok';
  return codes.some((code) => OUR_FAULT.has(code)) ? 'failed' : 'refused';
}
