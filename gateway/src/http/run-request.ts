import type { IncomingMessage, ServerResponse } from 'node:http';

import { failActiveSpan, setSpanAttributes } from '@terakoya/common/telemetry';

import type { GatewayEvents } from '../events';
import {
  type Executed,
  type Execution,
  type ExecutionContext,
  type GuardedOperation,
  type OperationRequest,
  responseText,
} from '../execution';
import type { CachePolicy } from '../guards/cache/cache-policy';
import type { ResponseCache } from '../guards/cache/response-cache';
import type { RateDecision } from '../guards/rate/rate-limit';
import { type RequestRate, type Requester, rateLimitedBy } from '../guards/rate/request-rate';
import { HttpRefusal } from './http-refusal';
import type { RequestTrace } from './trace-headers';

export interface RunOptions {
  readonly execution: Execution;
  readonly rate: RequestRate;
  /** Null when no responses are kept. */
  readonly responses: ResponseCache | null;
  /** Most units of cost of one operation, for those who ask what theirs costs. */
  readonly maxCost: number;
  readonly events: GatewayEvents;
}

/** What belongs to the whole HTTP request, whether it brings one operation or a batch. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requester: Requester;
  readonly trace: RequestTrace;
  readonly onRate: (decision: RateDecision) => void;
}

/** A GraphQL response, ready to be sent. */
export interface Answer {
  readonly body: string;
  /** False when the operation was refused before it ran. */
  readonly isExecuted: boolean;
  /** How long it may be kept, and by whom; null when it may not. */
  readonly policy: CachePolicy | null;
  /** How long it was kept already, in seconds; null when it is fresh. */
  readonly age: number | null;
  /** What follows the body, when the response comes in parts. */
  readonly deferred?: Executed['deferred'];
}

/**
 * Takes one operation through the guards: what concerns the document first (`prepare`), then what it costs whom, then
 * the kept responses, then execution. Throws a SchoolError when the request itself cannot be answered.
 */
export async function runRequest(options: RunOptions, asked: Asked, request: OperationRequest): Promise<Answer> {
  const { operation, errors } = await options.execution.prepare(request);
  if (!operation) {
    pay(options, asked, await options.rate.ofRefusal(asked.requester));
    for (const { extensions } of errors) options.events.requestRefused(String(extensions.code));
    const told = errors.map((error) => error.toJSON() as Executed['errors'][number]); // each has a code of ours
    const body = JSON.stringify({ errors: withTraceId(told, asked.trace) });
    return { body, isExecuted: false, policy: null, age: null };
  }
  refuseMethod(operation, asked.request);
  pay(options, asked, await options.rate.ofOperation(asked.requester, operation.cost, operation.facts));
  const { executed, age } = await executeOrRecall(options, asked, operation, request.variables ?? {});
  const isWhole = executed.errors.length === 0;
  const told = isWhole ? executed : { ...executed, errors: withTraceId(executed.errors, asked.trace) };
  const body = responseText(told, costExtension(options, asked.request, operation));
  const { deferred } = executed;
  return { body, isExecuted: true, policy: isWhole && !deferred ? sharedPolicy(operation) : null, age, deferred };
}

function pay({ events }: RunOptions, { onRate }: Asked, decision: RateDecision): void {
  onRate(decision);
  if (decision.refusedBy) events.rateLimited(decision.refusedBy.name);
  const refusal = rateLimitedBy(decision);
  if (refusal) throw refusal;
}

function refuseMethod({ type }: GuardedOperation, { method }: IncomingMessage): void {
  if (type === 'subscription')
    throw new HttpRefusal(
      400,
      'Subscriptions are served on this URL over WebSockets, and to those who accept text/event-stream.',
    );
  if (type === 'mutation' && method === 'GET') {
    throw new HttpRefusal(405, 'A mutation must be sent with POST.', { allow: 'POST' });
  }
}

async function executeOrRecall(
  options: RunOptions,
  asked: Asked,
  operation: GuardedOperation,
  variables: Readonly<Record<string, unknown>>,
): Promise<{ readonly executed: Executed; readonly age: number | null }> {
  const { viewer, passedOn } = asked.requester;
  const place = options.responses?.placeOf(operation, viewer, variables) ?? null;
  const kept = place && options.responses?.find(place);
  if (kept) return { executed: { data: kept.data, errors: [] }, age: kept.age };
  const began = Date.now();
  const { traceparent } = asked.trace;
  const context = { viewer, passedOn, traceparent, signal: signalOf(operation, asked.response) };
  const executed = await execute(operation, context, options.events);
  if (place && !executed.deferred) options.responses?.keep(place, executed, began);
  if (operation.type === 'mutation') options.responses?.forgetChanged(viewer, variables, executed);
  return { executed, age: null };
}

async function execute(operation: GuardedOperation, context: ExecutionContext, events: GatewayEvents) {
  const began = performance.now();
  const { type, name, cost } = operation;
  setSpanAttributes({
    'graphql.operation.type': type,
    'terakoya.cost': cost,
    ...(name === null ? {} : { 'graphql.operation.name': name }),
  });
  const executed = await operation.execute(context);
  const codes = [...new Set(executed.errors.map(({ extensions }) => String(extensions.code)))];
  for (const code of codes) failActiveSpan(code);
  events.operationExecuted({ name, type, cost, seconds: (performance.now() - began) / 1000, codes });
  return executed;
}

/** A query whose client is gone is given up; a mutation is brought to its end. */
function signalOf({ type }: GuardedOperation, response: ServerResponse): AbortSignal | undefined {
  if (type !== 'query') return undefined;
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return gone.signal;
}

/** Told only to those who ask: a client that plans its budget, or somebody who writes a document. */
function costExtension({ maxCost }: RunOptions, { headers }: IncomingMessage, { cost }: GuardedOperation) {
  return headers['x-graphql-cost'] === undefined ? undefined : { cost: { estimated: cost, maximum: maxCost } };
}

/** What depends on who asks is for nobody else, whatever the schema says of it. */
function sharedPolicy({ facts }: GuardedOperation): CachePolicy | null {
  return facts.cache && !facts.access.isOpen ? { ...facts.cache, scope: 'PRIVATE' } : facts.cache;
}

function withTraceId(errors: Executed['errors'], { traceId }: RequestTrace): Executed['errors'] {
  if (traceId === null) return errors;
  return errors.map(({ message, locations, path, extensions }) => ({
    message,
    locations,
    path,
    extensions: { ...extensions, traceId },
  }));
}
