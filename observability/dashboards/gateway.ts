import type { Board } from './board';
import { bars, chart } from './panels';
import { quantileBy, rareBy, rateBy, rateOf, shareBy, spread } from './queries';

const OPERATIONS = 'terakoya_graphql_operations_total{operation=~"$operation"}';
const SECONDS = 'terakoya_graphql_operation_seconds';
const SUBGRAPH = 'terakoya_subgraph_request_seconds';

/** What clients ask, how it went, and what each subgraph had to do with it. */
export const gateway: Board = {
  uid: 'terakoya-gateway',
  title: 'Gateway & operations',
  description: 'What clients ask for, how fast and how well it is answered, and which subgraph had to do with it.',
  choices: { operation: 'terakoya_graphql_operations_total' },
  sections: [
    {
      title: 'Operations',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Operations by outcome',
          description: 'Refused is an answer (not allowed, not found); failed is our fault.',
          unit: 'reqps',
          isStacked: true,
          queries: [[rateBy('outcome', OPERATIONS), '{{outcome}}']],
        }),
        chart({
          title: 'Failed operations',
          description: 'The share that failed by our fault. The promise is one in a thousand.',
          unit: 'percentunit',
          queries: [
            [
              shareBy(
                'type',
                'terakoya_graphql_operations_total{outcome="failed"}',
                'terakoya_graphql_operations_total',
              ),
              '{{type}}',
            ],
          ],
          limits: [[0.001, 'red']],
        }),
        chart({
          title: 'Duration',
          description: 'Of the chosen operations. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: spread(SECONDS, '{operation=~"$operation"}'),
          limits: [[1, 'red']],
        }),
        bars({
          title: 'Most asked',
          description: 'Operations in a second, by name.',
          unit: 'reqps',
          queries: [['topk(10, sum by (operation) (rate(terakoya_graphql_operations_total[15m])))', '{{operation}}']],
        }),
        bars({
          title: 'Slowest',
          description: '95 of 100 take less, by name.',
          unit: 's',
          queries: [
            [
              'topk(10, histogram_quantile(0.95, sum by (operation, le) (rate(terakoya_graphql_operation_seconds_bucket[15m]))) >= 0)',
              '{{operation}}',
            ],
          ],
          limits: [[1, 'red']],
        }),
        chart({
          title: 'Cost',
          description: 'What executed operations counted for. A client may spend so much in a minute.',
          unit: 'short',
          queries: spread('terakoya_graphql_operation_cost'),
        }),
      ],
    },
    {
      title: 'Errors and refusals',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Errors in responses',
          description: 'By code. UNAVAILABLE, TIMED_OUT and INTERNAL_SERVER_ERROR are ours.',
          unit: 'reqps',
          queries: [[rareBy('code', 'terakoya_graphql_response_errors_total'), '{{code}}']],
        }),
        chart({
          title: 'Refused before execution',
          description: 'Requests that never became an operation, by code.',
          unit: 'reqps',
          queries: [[rareBy('code', 'terakoya_graphql_refused_total'), '{{code}}']],
        }),
        chart({
          title: 'Refused by rate limits',
          description: 'By limit. See the runbook RateLimitedMuch.',
          unit: 'reqps',
          queries: [[rareBy('by', 'terakoya_rate_limited_total'), '{{by}}']],
          limits: [[2, 'red']],
        }),
      ],
    },
    {
      title: 'Subgraphs',
      perRow: 2,
      height: 8,
      panels: [
        chart({
          title: 'Requests to subgraphs',
          description: 'As the gateway and realtime ask them.',
          unit: 'reqps',
          queries: [[rateBy('subgraph', `${SUBGRAPH}_count`), '{{subgraph}}']],
        }),
        chart({
          title: 'Duration by subgraph',
          description: '95 of 100 requests take less. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('subgraph', 0.95, SUBGRAPH), '{{subgraph}}']],
          limits: [[1, 'red']],
        }),
        chart({
          title: 'Unanswered requests to subgraphs',
          description: 'The share that ended without an answer. Fields of that subgraph are null then.',
          unit: 'percentunit',
          queries: [
            [shareBy('subgraph', `${SUBGRAPH}_count{outcome!="answered"}`, `${SUBGRAPH}_count`), '{{subgraph}}'],
          ],
          limits: [[0.2, 'red']],
        }),
        chart({
          title: 'Circuits',
          description: '0 closed, 1 half open, 2 open: a subgraph that fails is left in peace for a moment.',
          unit: 'short',
          queries: [['max by (subgraph) (terakoya_subgraph_circuit)', '{{subgraph}}']],
          limits: [[2, 'red']],
        }),
      ],
    },
    {
      title: 'Caches and connections',
      perRow: 4,
      height: 7,
      panels: [
        chart({
          title: 'Plans',
          description: 'Where the plan of a document came from; few should be new.',
          unit: 'reqps',
          queries: [[rateBy('result', 'terakoya_graphql_plans_total'), '{{result}}']],
        }),
        chart({
          title: 'Kept responses',
          description: 'Looked for, by result: stale ones show something that has changed since.',
          unit: 'reqps',
          queries: [[rareBy('result', 'terakoya_gateway_response_cache_total'), '{{result}}']],
        }),
        chart({
          title: 'Passed-on connections',
          description: 'WebSockets and event streams that the gateway passes on to realtime.',
          unit: 'short',
          queries: [
            ['sum(terakoya_gateway_websockets)', 'WebSockets'],
            ['sum(terakoya_gateway_event_streams)', 'event streams'],
          ],
        }),
        chart({
          title: 'Limits decided without Redis',
          description: 'While Redis is away each gateway counts for itself.',
          unit: 'reqps',
          queries: [[rateOf('terakoya_gateway_rate_store_away_total'), 'decisions']],
          limits: [[1, 'orange']],
        }),
      ],
    },
  ],
};
