import type { Board } from './board';
import { bars, chart } from './panels';
import { quantileBy, rareBy, rateBy, spread } from './queries';

const JOB_SECONDS = 'terakoya_job_run_seconds';

/** Queues and workers by the USE method: utilisation, saturation, errors; and the way of events. */
export const workers: Board = {
  uid: 'terakoya-workers',
  title: 'Workers & queues',
  description: 'Utilisation, saturation and errors of queues, workers and their threads, and the way of events.',
  sections: [
    {
      title: 'Utilisation',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Jobs',
          description: 'Attempts that ended, in a second, by task.',
          unit: 'ops',
          queries: [[rateBy('task', `${JOB_SECONDS}_count`), '{{task}}']],
        }),
        chart({
          title: 'Duration of jobs',
          description: '95 of 100 attempts take less. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('task', 0.95, JOB_SECONDS), '{{task}}']],
        }),
        chart({
          title: 'Busy threads',
          description: 'The share of the threads of a pool that is busy.',
          unit: 'percentunit',
          queries: [['max by (service, pool) (terakoya_thread_utilisation)', '{{service}} {{pool}}']],
        }),
      ],
    },
    {
      title: 'Saturation',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Waiting jobs',
          description: 'By queue. A long import makes many; they must become fewer again.',
          unit: 'short',
          queries: [['max by (queue) (terakoya_queue_jobs{state="waiting"})', '{{queue}}']],
        }),
        chart({
          title: 'Age of the oldest waiting job',
          description: 'Over 10 s with nobody at work, a queue is stalled: see the runbook QueueStalled.',
          unit: 's',
          queries: [['max by (queue) (terakoya_queue_oldest_seconds)', '{{queue}}']],
          limits: [[900, 'red']],
        }),
        chart({
          title: 'Time in the queue',
          description: '95 of 100 jobs waited less before they were begun.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('task', 0.95, 'terakoya_job_wait_seconds'), '{{task}}']],
        }),
        chart({
          title: 'Jobs at work',
          description: 'By queue.',
          unit: 'short',
          queries: [['max by (queue) (terakoya_queue_jobs{state="active"})', '{{queue}}']],
        }),
        chart({
          title: 'Tasks that wait for a thread',
          description: 'By pool. More threads or more processes shorten it.',
          unit: 'short',
          queries: [['max by (service, pool) (terakoya_thread_queue)', '{{service}} {{pool}}']],
        }),
        chart({
          title: 'Time in threads',
          description: '95 of 100 tasks take less.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('pool', 0.95, 'terakoya_thread_run_seconds'), '{{pool}}']],
        }),
      ],
    },
    {
      title: 'Errors',
      perRow: 4,
      height: 7,
      panels: [
        chart({
          title: 'Attempts tried again',
          description: 'By task and class of failure.',
          unit: 'ops',
          queries: [[rareBy('task, failure', 'terakoya_job_retries_total'), '{{task}} {{failure}}']],
        }),
        chart({
          title: 'Given up',
          description: 'Jobs that failed for good, by code. DOCUMENT_… is the document.',
          unit: 'ops',
          queries: [[rareBy('task, code', 'terakoya_job_dead_letters_total'), '{{task}} {{code}}']],
        }),
        chart({
          title: 'Taken over',
          description: 'Jobs whose worker died or lost its lock.',
          unit: 'ops',
          queries: [[rateBy('task', 'terakoya_job_redeliveries_total'), '{{task}}']],
        }),
        chart({
          title: 'Outcomes',
          description: 'What subgraphs were handed back.',
          unit: 'ops',
          queries: [[rateBy('task, status', 'terakoya_job_outcomes_total'), '{{task}} {{status}}']],
        }),
      ],
    },
    {
      title: 'The way of events',
      perRow: 4,
      height: 7,
      panels: [
        chart({
          title: 'Outbox: age of the oldest message',
          description: 'What is committed and not yet sent. See the runbook OutboxLagging.',
          unit: 's',
          queries: [['max by (schema) (terakoya_outbox_lag_seconds)', '{{schema}}']],
          limits: [[10, 'red']],
        }),
        chart({
          title: 'Outbox: from commit to dispatch',
          description: '95 of 100 messages take less.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('schema', 0.95, 'terakoya_outbox_dispatch_seconds'), '{{schema}}']],
        }),
        chart({
          title: 'Streams: age of the oldest unhandled event',
          description: 'By group of consumers. See the runbook StreamLagging.',
          unit: 's',
          queries: [['max by (group) (terakoya_stream_lag_seconds)', '{{group}}']],
          limits: [[15, 'red']],
        }),
        chart({
          title: 'Consumed events',
          description: 'Dead ones failed for good and lie in the stream `dead-events`.',
          unit: 'ops',
          queries: [[rateBy('service, outcome', 'terakoya_events_consumed_total'), '{{service}} {{outcome}}']],
        }),
      ],
    },
    {
      title: 'Imports',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'From document to text',
          description: 'Completed imports. The promise: 95 of 100 within a minute.',
          unit: 's',
          exemplars: true,
          queries: spread('terakoya_import_seconds', '{outcome="completed"}'),
          limits: [[60, 'red']],
        }),
        chart({
          title: 'Imports by outcome',
          description: 'Refused: the document cannot be imported. Failed: our fault.',
          unit: 'ops',
          queries: [[rateBy('outcome', 'terakoya_import_seconds_count'), '{{outcome}}']],
        }),
        chart({
          title: 'Pages',
          description: 'Drawn, by where their text comes from, and read, by engine.',
          unit: 'ops',
          queries: [
            [rateBy('text', 'terakoya_pages_rendered_total'), 'drawn, text: {{text}}'],
            [rateBy('engine', 'terakoya_pages_read_total'), 'read by {{engine}}'],
          ],
        }),
        chart({
          title: 'Documents that cannot be imported',
          description: 'By reason.',
          unit: 'ops',
          queries: [[rareBy('code', 'terakoya_documents_refused_total'), '{{code}}']],
        }),
        chart({
          title: 'Confidence of read pages',
          description: 'Half of the pages are read with more, by engine; 1 is certain.',
          unit: 'percentunit',
          queries: [[quantileBy('engine', 0.5, 'terakoya_page_confidence_ratio'), '{{engine}}']],
        }),
        bars({
          title: 'Documents found in the cache of workers',
          description: 'Pages of one document are drawn from one copy.',
          unit: 'short',
          queries: [['sum by (result) (increase(terakoya_document_cache_total[1h]))', '{{result}}']],
        }),
      ],
    },
  ],
};
