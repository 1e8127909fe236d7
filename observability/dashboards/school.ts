import type { Board } from './board';
import { bars, chart, stat } from './panels';
import { quantileBy, rateOf } from './queries';

const today = (selector: string): string => `sum(increase(${selector}[24h])) or vector(0)`;

/** What a head teacher understands: does the school work, and what is done in it. */
export const school: Board = {
  uid: 'terakoya-school',
  title: 'School overview',
  description: 'Does the school work, and what is done in it. No technical knowledge is needed here.',
  sections: [
    {
      title: 'Does the school work?',
      perRow: 4,
      height: 5,
      panels: [
        stat({
          title: 'What a pupil does, works',
          description:
            'Every minute a program signs in, imports a page, reads its text and joins a lesson. 100 %: all of it works.',
          unit: 'percentunit',
          queries: [['avg(terakoya_probe_up) or avg(up{job="terakoya"})', 'works']],
          limits: [
            [0.5, 'orange'],
            [1, 'green'],
          ],
          lowest: 'red',
        }),
        stat({
          title: 'Parts that run',
          description: 'The school is made of several programs. Those that do not run are started again by themselves.',
          unit: 'percentunit',
          queries: [['avg(up{job="terakoya"})', 'run']],
          limits: [
            [0.8, 'orange'],
            [1, 'green'],
          ],
          lowest: 'red',
        }),
        stat({
          title: 'Alarms',
          description: 'Alarms that last at the moment. The technicians have been told of each.',
          unit: 'short',
          queries: [['count(ALERTS{alertstate="firing"}) or vector(0)', 'alarms']],
          limits: [[1, 'orange']],
        }),
        stat({
          title: 'Spent on AI this month',
          description:
            'In US dollars. It never becomes more than the limit that was set; 0 unless somebody allowed more.',
          unit: 'currencyUSD',
          decimals: 2,
          queries: [['sum(terakoya_vendor_spend_limit_usd) - sum(terakoya_vendor_budget_left_usd)', 'spent']],
        }),
      ],
    },
    {
      title: 'Who is here now',
      perRow: 4,
      height: 5,
      panels: [
        stat({
          title: 'Lessons going on',
          description: 'Video lessons and their breakout rooms.',
          unit: 'short',
          queries: [['sum(terakoya_media_rooms)', 'lessons']],
        }),
        stat({
          title: 'People in lessons',
          description: 'Participants of all lessons together.',
          unit: 'short',
          queries: [['sum(terakoya_media_peers)', 'people']],
        }),
        stat({
          title: 'Open pages',
          description: 'Browser windows that hear at once of what changes.',
          unit: 'short',
          queries: [['sum(terakoya_realtime_connections)', 'pages']],
        }),
        stat({
          title: 'Documents being read',
          description: 'Work that waits or is done: pages to be drawn, read and summarised.',
          unit: 'short',
          queries: [['sum(max by (queue, state) (terakoya_queue_jobs{state=~"waiting|active|delayed"}))', 'jobs']],
          limits: [[500, 'yellow']],
        }),
      ],
    },
    {
      title: 'In the last 24 hours',
      perRow: 6,
      height: 5,
      panels: [
        stat({
          title: 'New accounts',
          description: 'People who signed up.',
          unit: 'short',
          decimals: 0,
          queries: [[today('terakoya_account_events_total{kind="signed-up"}'), 'accounts']],
        }),
        stat({
          title: 'Sign-ins',
          description: 'People who signed in, each time counted.',
          unit: 'short',
          decimals: 0,
          queries: [[today('terakoya_account_events_total{kind="signed-in"}'), 'sign-ins']],
        }),
        stat({
          title: 'Notebooks imported',
          description: 'Documents whose text is there.',
          unit: 'short',
          decimals: 0,
          queries: [[today('terakoya_note_events_total{kind="import-completed"}'), 'imports']],
        }),
        stat({
          title: 'Pages drawn',
          description: 'Pages of documents and photos that were made visible.',
          unit: 'short',
          decimals: 0,
          queries: [[today('terakoya_pages_rendered_total'), 'pages']],
        }),
        stat({
          title: 'Summaries',
          description: 'Notebooks that were summarised.',
          unit: 'short',
          decimals: 0,
          queries: [[today('terakoya_summaries_total'), 'summaries']],
        }),
        stat({
          title: 'Lessons joined',
          description: 'People who came into a lesson, each time counted.',
          unit: 'short',
          decimals: 0,
          queries: [[today('terakoya_meeting_events_total{kind="participant-joined"}'), 'joins']],
        }),
      ],
    },
    {
      title: 'How well it works',
      perRow: 2,
      height: 8,
      panels: [
        bars({
          title: 'What is left of what we allow ourselves',
          description:
            'For each promise, what is left of the trouble that may happen in 30 days: 100 % is a month without any.',
          unit: 'percentunit',
          max: 1,
          queries: [['clamp(slo:budget_left:ratio, 0, 1)', '{{slo}}']],
          limits: [
            [0.1, 'orange'],
            [0.5, 'green'],
          ],
          lowest: 'red',
        }),
        chart({
          title: 'How long pupils wait',
          description:
            'For an answer, for the text of a document, and for a lesson to open: nineteen of twenty wait less.',
          unit: 's',
          queries: [
            [quantileBy('', 0.95, 'terakoya_graphql_operation_seconds'), 'an answer'],
            [quantileBy('', 0.95, 'terakoya_import_seconds', '{outcome="completed"}'), 'the text of a document'],
            [quantileBy('', 0.95, 'terakoya_meeting_join_seconds', '{outcome="session"}'), 'a lesson'],
          ],
        }),
        chart({
          title: 'What the school does',
          description: 'Requests of browsers in a second.',
          unit: 'reqps',
          queries: [[rateOf('terakoya_graphql_operations_total'), 'requests']],
        }),
        chart({
          title: 'The check that runs all the time',
          description: 'How long each step of it takes on average.',
          unit: 's',
          queries: [
            [
              'sum by (step) (rate(terakoya_probe_step_seconds_sum[$__rate_interval])) / (sum by (step) (rate(terakoya_probe_step_seconds_count[$__rate_interval])) > 0)',
              '{{step}}',
            ],
          ],
        }),
      ],
    },
  ],
};
