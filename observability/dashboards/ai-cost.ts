import type { Board } from './board';
import { bars, chart, stat } from './panels';
import { quantileBy, rareBy, rateBy } from './queries';

const BY_MODEL = 'sum by (vendor, model)';

/** What vendors of AI do and cost, and what the local engines do instead. */
export const aiCost: Board = {
  uid: 'terakoya-ai-cost',
  title: 'AI cost',
  description:
    'What vendors of AI do and cost, and what the local engines do instead. The limit is 0 unless somebody raised it.',
  sections: [
    {
      title: 'Money of this month',
      perRow: 4,
      height: 5,
      panels: [
        stat({
          title: 'Limit',
          description: 'AI_SPEND_LIMIT_USD. No call is made that might pass it.',
          unit: 'currencyUSD',
          decimals: 2,
          queries: [['max(terakoya_vendor_spend_limit_usd)', 'limit']],
        }),
        stat({
          title: 'Left',
          description: 'What may still be spent, with what calls on their way may cost taken off.',
          unit: 'currencyUSD',
          decimals: 2,
          queries: [['min(terakoya_vendor_budget_left_usd)', 'left']],
        }),
        stat({
          title: 'Spent in 24 hours',
          description: 'As billed by the token or the page.',
          unit: 'currencyUSD',
          decimals: 4,
          queries: [['sum(increase(terakoya_vendor_spend_usd_total[24h])) or vector(0)', 'spent']],
        }),
        stat({
          title: 'At this pace, in a month',
          description: 'What was spent in the last 6 hours, for 30 days.',
          unit: 'currencyUSD',
          decimals: 2,
          queries: [['(sum(rate(terakoya_vendor_spend_usd_total[6h])) or vector(0)) * 86400 * 30', 'a month']],
        }),
      ],
    },
    {
      title: 'Calls to vendors',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Calls by how they ended',
          description:
            'Settled: answered and billed. Released: failed for free. Lost: nobody knows, so it counts as spent.',
          unit: 'ops',
          queries: [[rateBy('vendor, state', 'terakoya_vendor_calls_total'), '{{vendor}} {{state}}']],
        }),
        chart({
          title: 'Duration of calls',
          description: '95 of 100 take less. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('vendor', 0.95, 'terakoya_vendor_call_seconds'), '{{vendor}}']],
        }),
        chart({
          title: 'Calls by outcome',
          description: 'What the vendor answered.',
          unit: 'ops',
          queries: [[rateBy('vendor, outcome', 'terakoya_vendor_call_seconds_count'), '{{vendor}} {{outcome}}']],
        }),
        chart({
          title: 'Spending',
          description: 'In an hour, by model.',
          unit: 'currencyUSD',
          isStacked: true,
          queries: [
            [`${BY_MODEL} (rate(terakoya_vendor_spend_usd_total[$__rate_interval])) * 3600`, '{{vendor}} {{model}}'],
          ],
        }),
        chart({
          title: 'Refused by the limit',
          description: 'Calls that were not made because they might have cost too much.',
          unit: 'ops',
          queries: [[rareBy('vendor', 'terakoya_vendor_refusals_total'), '{{vendor}}']],
        }),
        chart({
          title: 'Done by local engines instead',
          description: 'By task and reason: nothing is lost when a vendor fails.',
          unit: 'ops',
          queries: [
            [rareBy('task, reason', 'terakoya_ai_fallbacks_total'), '{{task}} {{reason}}'],
            [rareBy('reason', 'terakoya_ocr_fallbacks_total'), 'read-page {{reason}}'],
          ],
        }),
      ],
    },
    {
      title: 'What it is for',
      perRow: 3,
      height: 7,
      panels: [
        bars({
          title: 'Summaries of 24 hours',
          description: 'By engine.',
          unit: 'short',
          queries: [['sum by (engine) (increase(terakoya_summaries_total[24h]))', '{{engine}}']],
        }),
        bars({
          title: 'Pages read in 24 hours',
          description: 'By engine.',
          unit: 'short',
          queries: [['sum by (engine) (increase(terakoya_pages_read_total[24h]))', '{{engine}}']],
        }),
        stat({
          title: 'Cost of a call',
          description: 'On average since the process started; 0 while no call was answered.',
          unit: 'currencyUSD',
          decimals: 5,
          queries: [
            [
              'sum(terakoya_vendor_spend_usd_total) / (sum(terakoya_vendor_calls_total{state="settled"}) > 0) or vector(0)',
              'a call',
            ],
          ],
        }),
      ],
    },
  ],
};
