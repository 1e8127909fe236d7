import type { Board } from './board';
import { bars, chart, stat } from './panels';

const CHOSEN = '{slo=~"$slo"}';

/** The promises, how well they are kept, and how fast their budgets burn. */
export const slo: Board = {
  uid: 'terakoya-slo',
  title: 'SLO',
  description: 'What is promised (docs/dashboards-and-alerts.md), how well it is kept, and how fast the budgets burn.',
  choices: { slo: 'slo:objective' },
  sections: [
    {
      title: 'Budgets',
      perRow: 3,
      height: 8,
      panels: [
        bars({
          title: 'Left of the budget',
          description: 'Of 30 days: 100 % nothing went wrong, 0 % all that may go wrong has. Less is overdrawn.',
          unit: 'percentunit',
          max: 1,
          queries: [[`slo:budget_left:ratio${CHOSEN}`, '{{slo}}']],
          limits: [
            [0.1, 'orange'],
            [0.5, 'green'],
          ],
          lowest: 'red',
        }),
        bars({
          title: 'Kept in the last hour',
          description: 'The share that went well.',
          unit: 'percentunit',
          max: 1,
          queries: [[`1 - slo:error_ratio:1h${CHOSEN}`, '{{slo}}']],
        }),
        bars({
          title: 'Promised',
          description: 'The share that has to go well.',
          unit: 'percentunit',
          max: 1,
          queries: [[`slo:objective${CHOSEN}`, '{{slo}}']],
        }),
      ],
    },
    {
      title: 'Burn',
      perRow: 2,
      height: 9,
      panels: [
        chart({
          title: 'Burn of the last hour',
          description:
            '1: the budget lasts exactly 30 days. Over 14.4 it pages, when the last five minutes say the same.',
          unit: 'short',
          queries: [[`slo:burn_rate:1h${CHOSEN}`, '{{slo}}']],
          limits: [[14.4, 'red']],
        }),
        chart({
          title: 'Burn of the last six hours',
          description: 'Over 6 it pages, when the last half an hour says the same.',
          unit: 'short',
          queries: [[`slo:burn_rate:6h${CHOSEN}`, '{{slo}}']],
          limits: [[6, 'red']],
        }),
        chart({
          title: 'Burn of the last day',
          description: 'Over 3 it is a ticket, when the last two hours say the same.',
          unit: 'short',
          queries: [[`slo:burn_rate:1d${CHOSEN}`, '{{slo}}']],
          limits: [[3, 'orange']],
        }),
        chart({
          title: 'Burn of the last three days',
          description: 'Over 1 it is a ticket, when the last six hours say the same.',
          unit: 'short',
          queries: [[`slo:burn_rate:3d${CHOSEN}`, '{{slo}}']],
          limits: [[1, 'orange']],
        }),
      ],
    },
    {
      title: 'What happens',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'All',
          description: 'What counts, in a second.',
          unit: 'ops',
          queries: [[`slo:all:rate5m${CHOSEN}`, '{{slo}}']],
        }),
        chart({
          title: 'Of it went wrong',
          description: 'In a second.',
          unit: 'ops',
          queries: [[`slo:bad:rate5m${CHOSEN}`, '{{slo}}']],
        }),
        stat({
          title: 'Alerts of budgets',
          description: 'That fire at the moment.',
          unit: 'short',
          queries: [['count(ALERTS{alertstate="firing",slo!=""}) or vector(0)', 'alerts']],
          limits: [[1, 'red']],
        }),
      ],
    },
  ],
};
