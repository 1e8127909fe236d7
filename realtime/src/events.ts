import { messageOf } from '@terakoya/common/errors';
import type { Logger } from '@terakoya/common/logging';
import type { LoggedEvent } from '@terakoya/common/streams';
import { counter, gauge, histogram } from '@terakoya/common/telemetry';

/** Metrics and log lines of the realtime server, one function for each thing that happens. */
export interface RealtimeEvents {
  connected(): void;
  disconnected(code: number): void;
  subscribed(topic: string): void;
  unsubscribed(topic: string): void;
  /** `seconds` from the event's own time to its delivery. */
  delivered(topic: string, seconds: number, outcome: 'ok' | 'partial'): void;
  operationRefused(code: string): void;
  unreadable(event: LoggedEvent, error: unknown): void;
  unexpected(error: unknown): void;
}

export function createRealtimeEvents(logger: Logger): RealtimeEvents {
  const connections = gauge('terakoya_realtime_connections', 'Open WebSocket connections.');
  const closes = counter('terakoya_realtime_closes_total', 'Closed WebSocket connections by close code.', ['code']);
  const subscriptions = gauge('terakoya_realtime_subscriptions', 'Open subscriptions.', ['topic']);
  const deliveries = counter('terakoya_realtime_deliveries_total', 'Deliveries by topic and outcome.', [
    'topic',
    'outcome',
  ]);
  const delay = histogram('terakoya_realtime_delivery_seconds', 'From an event to its delivery.', ['topic']);
  const refused = counter('terakoya_realtime_refused_total', 'Operations refused by code.', ['code']);
  const unreadable = counter('terakoya_realtime_unreadable_events_total', 'Events that break their contract.', [
    'event',
  ]);
  return {
    connected: () => connections.inc(),
    disconnected(code) {
      connections.dec();
      closes.inc({ code: code >= 1000 && code < 5000 ? code : 0 });
    },
    subscribed: (topic) => subscriptions.inc({ topic }),
    unsubscribed: (topic) => subscriptions.dec({ topic }),
    delivered(topic, seconds, outcome) {
      deliveries.inc({ topic, outcome });
      delay.observe({ topic }, Math.max(0, seconds));
    },
    operationRefused(code) {
      refused.inc({ code });
      logger.debug({ code }, 'operation refused');
    },
    unreadable(event, error) {
      unreadable.inc({ event: event.name });
      logger.error({ eventId: event.id, event: event.name, reason: messageOf(error) }, 'an event breaks its contract');
    },
    unexpected(error) {
      logger.error({ err: error }, 'a connection failed unexpectedly');
    },
  };
}
