import type { Board } from './board';
import { chart, stat } from './panels';
import { quantileBy, rareBy, rateBy, rateOf, spread } from './queries';

const DELIVERY = 'terakoya_realtime_delivery_seconds';

/** Subscriptions: who listens, what reaches them, and how late. */
export const realtime: Board = {
  uid: 'terakoya-realtime',
  title: 'Realtime',
  description: 'Subscriptions: who listens, what reaches them, and how late.',
  sections: [
    {
      title: 'Now',
      perRow: 4,
      height: 5,
      panels: [
        stat({
          title: 'Connections',
          description: 'WebSockets and event streams.',
          unit: 'short',
          queries: [['sum(terakoya_realtime_connections)', 'connections']],
        }),
        stat({
          title: 'Subscriptions',
          description: 'Open subscriptions of all connections.',
          unit: 'short',
          queries: [['sum(terakoya_realtime_subscriptions)', 'subscriptions']],
        }),
        stat({
          title: 'Delivered in time',
          description: 'The share of events that reached their subscribers within a second, in the last hour.',
          unit: 'percentunit',
          queries: [['1 - slo:error_ratio:1h{slo="event-delivery"}', 'in time']],
          limits: [
            [0.95, 'orange'],
            [0.99, 'green'],
          ],
          lowest: 'red',
        }),
        stat({
          title: 'Cut off as too slow',
          description: 'Subscribers in the last hour for whom too much waited.',
          unit: 'short',
          decimals: 0,
          queries: [['sum(increase(terakoya_realtime_slow_consumers_total[1h])) or vector(0)', 'cut off']],
          limits: [[1, 'orange']],
        }),
      ],
    },
    {
      title: 'Deliveries',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Delay',
          description: 'From an event to its delivery. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: spread(DELIVERY),
          limits: [[1, 'red']],
        }),
        chart({
          title: 'Delay by topic',
          description: '95 of 100 deliveries take less.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('topic', 0.95, DELIVERY), '{{topic}}']],
        }),
        chart({
          title: 'Results delivered',
          description: 'By topic; a partial result has errors beside its data.',
          unit: 'ops',
          queries: [[rateBy('topic, outcome', 'terakoya_realtime_deliveries_total'), '{{topic}} {{outcome}}']],
        }),
        chart({
          title: 'Executions',
          description: 'Operations that were run for events; a shared one serves a whole audience.',
          unit: 'ops',
          queries: [[rateBy('topic, shared', 'terakoya_realtime_executions_total'), '{{topic}} shared={{shared}}']],
        }),
        chart({
          title: 'Deliveries without an execution of their own',
          description: 'The more, the less a full class costs.',
          unit: 'ops',
          queries: [[rareBy('topic', 'terakoya_realtime_shared_deliveries_total'), '{{topic}}']],
        }),
        chart({
          title: 'Questions who may hear of an event',
          description: 'To subgraphs.',
          unit: 'ops',
          queries: [[rateOf('terakoya_realtime_audience_questions_total'), 'questions']],
        }),
      ],
    },
    {
      title: 'Connections',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Open connections',
          description: 'By transport.',
          unit: 'short',
          queries: [['sum by (transport) (terakoya_realtime_connections)', '{{transport}}']],
        }),
        chart({
          title: 'Open subscriptions',
          description: 'By topic.',
          unit: 'short',
          queries: [['sum by (topic) (terakoya_realtime_subscriptions)', '{{topic}}']],
        }),
        chart({
          title: 'Closed connections',
          description: 'By close code: 1000 and 1001 are ordinary, 4401 and 4403 are refusals, 4500 is a defect.',
          unit: 'ops',
          queries: [[rareBy('code', 'terakoya_realtime_closes_total'), '{{code}}']],
        }),
      ],
    },
    {
      title: 'What goes wrong',
      perRow: 4,
      height: 7,
      panels: [
        chart({
          title: 'Refused operations',
          description: 'By code.',
          unit: 'ops',
          queries: [[rareBy('code', 'terakoya_realtime_refused_total'), '{{code}}']],
        }),
        chart({
          title: 'Cursors that are too old',
          description: 'Subscriptions that could not be gone on with: clients load everything anew.',
          unit: 'ops',
          queries: [[rateOf('terakoya_realtime_cursors_expired_total'), 'expired']],
        }),
        chart({
          title: 'Unreadable events',
          description: 'Events that break their contract: a defect of whoever sent them.',
          unit: 'ops',
          queries: [[rareBy('event', 'terakoya_realtime_unreadable_events_total'), '{{event}}']],
          limits: [[0.001, 'red']],
        }),
        chart({
          title: 'Ended sessions heard of',
          description: 'Connections of people who signed out elsewhere are closed at once.',
          unit: 'ops',
          queries: [[rateOf('terakoya_realtime_ended_sessions_total'), 'sessions']],
        }),
      ],
    },
  ],
};
