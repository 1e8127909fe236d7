import type { Viewer } from '@terakoya/common/auth';
import { UnauthenticatedError } from '@terakoya/common/errors';
import { currentTraceparent, failActiveSpan, setSpanAttributes, withSpan } from '@terakoya/common/telemetry';
import {
  type Execution,
  type GuardedOperation,
  type OperationRequest,
  responseText,
  toClientError,
} from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { UserLimits } from '../sessions/user-limits';
import type { Listener } from '../subscriptions/listener';
import { Payload } from '../subscriptions/payload';
import type { Subscriber } from '../subscriptions/subscriber';
import type { Subscription } from '../subscriptions/subscription';

export interface OperationsOptions {
  readonly execution: Execution;
  readonly subscriber: Subscriber;
  readonly limits: UserLimits;
  readonly events: RealtimeEvents;
}

/** An operation that somebody sent, and who is told of its results. */
export interface AskedOperation {
  readonly request: OperationRequest;
  readonly viewer: Viewer | null;
  /** The trace of whoever sent it. */
  readonly traceparent: string | null;
  /** Where a subscription was left off, when the transport says so; else its own `after` counts. */
  readonly after?: string | null;
  /** Throws when this operation may not come this way. */
  readonly check?: (operation: GuardedOperation) => void;
  readonly listener: Listener;
}

/** An operation on its way. */
export interface Running {
  /** Ends it without a word to the listener. */
  stop(): void;
}

/** Runs operations of any kind and tells their listeners; knows no transport. */
export class Operations {
  constructor(private readonly options: OperationsOptions) {}

  /** Begins an operation. Whatever comes of it, also that it may not run, is told to the listener, later than this. */
  start(asked: AskedOperation): Running {
    const stopping = new AbortController();
    const opened: { subscription?: Subscription; release?: () => void } = {};
    const stop = (): void => {
      stopping.abort();
      opened.subscription?.stop();
      opened.release?.();
    };
    const listener = untilStopped(asked.listener, stopping.signal, stop);
    const begin = async (): Promise<void> => {
      const operation = await this.#prepare(asked, listener);
      if (!operation || stopping.signal.aborted) return;
      if (operation.type !== 'subscription') return this.#execute(operation, asked, listener, stopping.signal);
      const viewer = requireSignedIn(asked.viewer);
      opened.release = this.options.limits.enterSubscription(viewer.userId);
      const { after = null } = asked;
      const traceparent = currentTraceparent() ?? asked.traceparent;
      const newcomer = { operation, viewer, listener, traceparent, after, signal: stopping.signal };
      opened.subscription = await this.options.subscriber.open(newcomer);
      if (stopping.signal.aborted) stop();
    };
    const span = { kind: 'server', traceparent: asked.traceparent } as const;
    withSpan('realtime operation', span, begin).catch((error: unknown) => {
      if (stopping.signal.aborted) return;
      listener.error([toClientError(error, (unexpected) => this.options.events.unexpected(unexpected))]);
    });
    return { stop };
  }

  async #prepare(asked: AskedOperation, listener: Listener): Promise<GuardedOperation | null> {
    const { operation, errors } = await this.options.execution.prepare(asked.request);
    if (!operation) {
      listener.error(errors);
      return null;
    }
    asked.check?.(operation);
    const { type, name, subscription } = operation;
    setSpanAttributes({
      'graphql.operation.type': type,
      ...(name === null ? {} : { 'graphql.operation.name': name }),
      ...(subscription ? { 'terakoya.topic': subscription.field } : {}),
    });
    return operation;
  }

  async #execute(
    operation: GuardedOperation,
    { viewer, traceparent }: AskedOperation,
    listener: Listener,
    signal: AbortSignal,
  ): Promise<void> {
    const isRepeatable = operation.type === 'query'; // a mutation is brought to its end though nobody waits for it
    const executed = await operation.execute({ viewer, traceparent, ...(isRepeatable ? { signal } : {}) });
    if (signal.aborted) return;
    for (const { extensions } of executed.errors) failActiveSpan(String(extensions.code));
    listener.next(new Payload(responseText(executed)));
    listener.complete();
  }
}

/** Tells nothing after the operation was stopped, and stops it when it ends by itself. */
function untilStopped(listener: Listener, stopped: AbortSignal, stop: () => void): Listener {
  let isStopped = false; // asking the signal each time is slow, and this is done for every delivery
  stopped.addEventListener('abort', () => (isStopped = true), { once: true });
  const last = (tell: () => void): void => {
    if (stopped.aborted) return;
    stop();
    tell();
  };
  return {
    next: (payload) => {
      if (!isStopped) listener.next(payload);
    },
    drained: () => listener.drained(),
    error: (errors) => last(() => listener.error(errors)),
    complete: () => last(() => listener.complete()),
    tooSlow: () => last(() => listener.tooSlow()),
  };
}

function requireSignedIn(viewer: Viewer | null): Viewer {
  if (!viewer) throw new UnauthenticatedError('Subscriptions need an access token.');
  return viewer;
}
