import { messageOf } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import type { LoggedEvent } from '@terakoya/common/streams';
import { counter, gauge, histogram } from '@terakoya/common/telemetry';

export type Transport = 'websocket' | 'event-stream';

/** One event as it went to a group of subscribers. */
export interface GroupDelivery {
  readonly topic: string;
  /** From the event's own time to its delivery. */
  readonly seconds: number;
  readonly outcome: 'ok' | 'partial';
  /** To how many subscribers. */
  readonly delivered: number;
}

/** Metrics and log lines of the realtime server, one function for each thing that happens. */
export interface RealtimeEvents {
  connected(transport: Transport): void;
  /** `code` is the WebSocket close code; 0 for an event stream. */
  disconnected(transport: Transport, code: number): void;
  subscribed(topic: string): void;
  unsubscribed(topic: string): void;
  /** An operation was run for an event; `isShared` when its result is for a whole audience. */
  executed(topic: string, isShared: boolean): void;
  delivered(delivery: GroupDelivery): void;
  audienceAsked(): void;
  operationRefused(code: string): void;
  tooSlow(transport: Transport): void;
  sessionEnded(): void;
  unreadable(event: LoggedEvent, error: unknown): void;
  unexpected(error: unknown): void;
}

const NAME = 'terakoya_realtime';

export function createRealtimeEvents(logger: Logger): RealtimeEvents {
  const connections = gauge(`${NAME}_connections`, 'Open connections by transport.', ['transport']);
  const closes = counter(`${NAME}_closes_total`, 'Closed connections by transport and close code.', [
    'transport',
    'code',
  ]);
  const subscriptions = gauge(`${NAME}_subscriptions`, 'Open subscriptions.', ['topic']);
  const executions = counter(`${NAME}_executions_total`, 'Executions for events, by whether their result is shared.', [
    'topic',
    'shared',
  ]);
  const deliveries = counter(`${NAME}_deliveries_total`, 'Results delivered to subscribers.', ['topic', 'outcome']);
  const shared = counter(`${NAME}_shared_deliveries_total`, 'Those of them that took no execution of their own.', [
    'topic',
  ]);
  const delay = histogram(`${NAME}_delivery_seconds`, 'From an event to its delivery to a group of subscribers.', [
    'topic',
  ]);
  const asked = counter(`${NAME}_audience_questions_total`, 'Questions to subgraphs who may hear of an event.');
  const refused = counter(`${NAME}_refused_total`, 'Operations refused by code.', ['code']);
  const slow = counter(`${NAME}_slow_consumers_total`, 'Subscribers cut off because too much waited for them.', [
    'transport',
  ]);
  const expired = counter(`${NAME}_cursors_expired_total`, 'Subscriptions that could not be gone on with.');
  const sessions = counter(`${NAME}_ended_sessions_total`, 'Ended sessions heard of.');
  const unreadable = counter(`${NAME}_unreadable_events_total`, 'Events that break their contract.', ['event']);
  return {
    connected: (transport) => connections.inc({ transport }),
    disconnected(transport, code) {
      connections.dec({ transport });
      closes.inc({ transport, code: code >= 1000 && code < 5000 ? code : 0 });
    },
    subscribed: (topic) => subscriptions.inc({ topic }),
    unsubscribed: (topic) => subscriptions.dec({ topic }),
    executed: (topic, isShared) => executions.inc({ topic, shared: String(isShared) }),
    delivered({ topic, seconds, outcome, delivered }) {
      deliveries.inc({ topic, outcome }, delivered);
      if (delivered > 1) shared.inc({ topic }, delivered - 1);
      delay.observe({ topic }, Math.max(0, seconds));
    },
    audienceAsked: () => asked.inc(),
    operationRefused(code) {
      refused.inc({ code });
      if (code === 'CURSOR_EXPIRED') expired.inc();
      logger.debug({ code }, 'operation refused');
    },
    tooSlow(transport) {
      slow.inc({ transport });
      logger.info({ transport }, 'a subscriber read too slowly');
    },
    sessionEnded: () => sessions.inc(),
    unreadable(event, error) {
      unreadable.inc({ event: event.name });
      logger.error({ eventId: event.id, event: event.name, reason: messageOf(error) }, 'an event breaks its contract');
    },
    unexpected(error) {
      logger.error({ err: error }, 'a connection failed unexpectedly');
    },
  };
}
