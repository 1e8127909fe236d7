import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  Kind,
  getArgumentValues,
  getOperationAST,
} from 'graphql';

import type { Viewer } from '@terakoya/common/auth';
import { NotFoundError } from '@terakoya/common/errors';
import { toClientError } from '@terakoya/common/graphql';
import type { Logger } from '@terakoya/common/logging';
import type { EventLog, LoggedEvent } from '@terakoya/common/streams';
import { activeTraceIds, counter, histogram, withSpan } from '@terakoya/common/telemetry';
import type { Execution } from '@terakoya/gateway/execution';

import { EventQueue } from './event-queue';
import type { Hub } from './hub';
import { TOPICS } from './topics';
import type { Topic, Visible } from './topics/topic';

export interface SubscriptionParts {
  readonly execution: Execution;
  readonly eventLog: EventLog;
  readonly hub: Hub;
  readonly logger: Logger;
}

interface Subscribed {
  readonly topic: Topic;
  readonly key: string;
  readonly args: ExecutionArgs;
  readonly viewer: Viewer | null;
  readonly visible: Visible;
}

const delivered = counter('terakoya_deliveries_total', 'Events delivered to subscribers.', ['topic', 'outcome']);
const delay = histogram('terakoya_delivery_seconds', 'From an event becoming true to its delivery.', ['topic']);

/**
 * Starts a subscription: its results, in order, each event once. Access is asked of the owning subgraph at the start and
 * before every delivery, so that it ends when it ends.
 */
export async function subscribe(
  parts: SubscriptionParts,
  args: ExecutionArgs,
  viewer: Viewer | null,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  try {
    const { topic, key, after } = topicOf(args);
    const visible: Visible = (query, variables, who) => isVisible(parts.execution, query, variables, who);
    if (!(await topic.isVisible(key, viewer, visible))) throw new NotFoundError(topic.field, key);
    const queue = new EventQueue(after !== null);
    const stop = parts.hub.listen(topic, key, queue);
    if (after !== null) void replay(parts.eventLog, topic, key, after, queue);
    return results(parts, { topic, key, args, viewer, visible }, queue, stop);
  } catch (error) {
    return { errors: [present(error, parts.logger)] };
  }
}

/** An explicit iterator: `return` ends a pending `next` at once, as a generator's would not. */
function results(
  parts: SubscriptionParts,
  subscribed: Subscribed,
  queue: EventQueue,
  stop: () => void,
): AsyncIterableIterator<ExecutionResult> {
  let isEnding = false;
  const end = (): void => {
    isEnding = true;
    stop();
    queue.close();
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (isEnding) return { done: true, value: undefined };
      try {
        const event = await queue.next();
        if (!event) return { done: true, value: undefined };
        if (subscribed.topic.isLast(event)) end();
        return { done: false, value: await deliver(parts, subscribed, event) };
      } catch (error) {
        end();
        return { done: false, value: { errors: [present(error, parts.logger)] } };
      }
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
  };
}

/** One delivery, as a span of the trace that caused the event. */
function deliver(
  { execution }: SubscriptionParts,
  subscribed: Subscribed,
  event: LoggedEvent,
): Promise<ExecutionResult> {
  const { topic, key, args, viewer, visible } = subscribed;
  const attributes = { 'messaging.message.id': event.id, 'terakoya.topic': topic.field };
  return withSpan(
    `deliver ${topic.field}`,
    { kind: 'consumer', traceparent: event.traceparent, attributes },
    async () => {
      if (!topic.isLast(event) && !(await topic.isVisible(key, viewer, visible)))
        throw new NotFoundError(topic.field, key);
      const { document, operationName, variableValues: variables } = args;
      const operation = { document, operationName, variables, context: { viewer } };
      const result = await execution.executeEvent(operation, { [topic.field]: topic.rootOf(event) });
      delivered.inc({ topic: topic.field, outcome: result.errors ? 'errors' : 'ok' });
      delay.observe({ topic: topic.field }, Math.max(0, Date.now() - event.occurredAt) / 1000);
      const { trace_id: traceId } = activeTraceIds();
      return { ...result, extensions: { cursor: event.cursor, ...(traceId === undefined ? {} : { traceId }) } };
    },
  );
}

async function replay(eventLog: EventLog, topic: Topic, key: string, after: string, queue: EventQueue): Promise<void> {
  try {
    await eventLog.replay(topic.domain, after, (events) => {
      for (const event of events) if (!event.isReplayed && topic.keyOfEvent(event) === key) queue.push(event);
    });
    queue.replayed();
  } catch (error) {
    queue.fail(error instanceof Error ? error : new Error('the replay failed', { cause: error }));
  }
}

function topicOf({ schema, document, operationName, variableValues }: ExecutionArgs): {
  topic: Topic;
  key: string;
  after: string | null;
} {
  const operation = getOperationAST(document, operationName);
  const selection = operation?.selectionSet.selections[0];
  const field =
    selection?.kind === Kind.FIELD ? schema.getSubscriptionType()?.getFields()[selection.name.value] : undefined;
  const topic = field && TOPICS.get(field.name);
  if (!topic || selection?.kind !== Kind.FIELD) {
    throw new GraphQLError('A subscription selects one field of Subscription, not in a fragment.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  const values = getArgumentValues(field, selection, variableValues ?? {});
  return { topic, key: topic.keyOf(values), after: typeof values['after'] === 'string' ? values['after'] : null };
}

async function isVisible(
  execution: Execution,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  viewer: Viewer | null,
): Promise<boolean> {
  const { data, errors } = await execution.execute({
    document: execution.parse(query),
    variables,
    context: { viewer },
  });
  const outage = errors?.find(({ extensions }) => ['UNAVAILABLE', 'TIMED_OUT'].includes(String(extensions['code'])));
  if (outage) throw outage;
  return Object.values(data ?? {}).every((value) => value !== null) && !errors;
}

function present(error: unknown, logger: Logger): GraphQLError {
  const wrapped = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error }); // shaped below
  return error instanceof GraphQLError && typeof error.extensions['code'] === 'string'
    ? error
    : toClientError(wrapped.originalError ?? wrapped, (unexpected) =>
        logger.error({ err: unexpected }, 'a subscription failed'),
      );
}
