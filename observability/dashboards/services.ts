import type { Board } from './board';
import { bars, chart, stat } from './panels';
import { quantileBy, rateBy, shareBy, spread } from './queries';

const HERE = '{job="terakoya",service=~"$service"}';
const REQUESTS = 'terakoya_http_request_seconds';

/** Rate, errors and duration of each process, and what it takes of the machine. */
export const services: Board = {
  uid: 'terakoya-services',
  title: 'Services',
  description: 'Rate, errors and duration of each process over HTTP, and what it takes of the machine.',
  choices: { service: 'up{job="terakoya"}' },
  sections: [
    {
      title: 'Alive',
      perRow: 3,
      height: 7,
      panels: [
        bars({
          title: 'Up',
          description: '1 while the process answers scrapes. Logs: `{service_name="…"}` in Loki.',
          unit: 'short',
          max: 1,
          queries: [[`min by (service) (up${HERE})`, '{{service}}']],
          limits: [[1, 'green']],
          lowest: 'red',
        }),
        chart({
          title: 'Starts in the last hour',
          description: 'More than one in a while is no deployment: see the runbook ServiceCrashLooping.',
          unit: 'short',
          queries: [[`max by (service) (changes(process_start_time_seconds${HERE}[1h]))`, '{{service}}']],
          limits: [[2, 'red']],
        }),
        bars({
          title: 'Age',
          description: 'Since the process started.',
          unit: 's',
          queries: [[`time() - max by (service) (process_start_time_seconds${HERE})`, '{{service}}']],
        }),
      ],
    },
    {
      title: 'Rate, errors, duration',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Requests',
          description: 'Requests over HTTP in a second, by service.',
          unit: 'reqps',
          queries: [[rateBy('service', `${REQUESTS}_count{service=~"$service"}`), '{{service}}']],
        }),
        chart({
          title: 'Failed requests',
          description: 'The share of requests that were answered with 5xx.',
          unit: 'percentunit',
          queries: [
            [
              shareBy(
                'service',
                `${REQUESTS}_count{service=~"$service",status=~"5.."}`,
                `${REQUESTS}_count{service=~"$service"}`,
              ),
              '{{service}}',
            ],
          ],
          limits: [[0.01, 'red']],
        }),
        chart({
          title: 'Duration',
          description: 'Of all chosen services together. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: spread(REQUESTS, '{service=~"$service"}'),
        }),
        chart({
          title: 'Duration by service',
          description: '95 of 100 requests take less.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('service', 0.95, REQUESTS, '{service=~"$service"}'), '{{service}}']],
        }),
        chart({
          title: 'Requests by route',
          description: 'Routes are few and fixed: no id is in them.',
          unit: 'reqps',
          queries: [[rateBy('route', `${REQUESTS}_count{service=~"$service"}`), '{{route}}']],
        }),
        chart({
          title: 'Duration by route',
          description: '95 of 100 requests take less.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('route', 0.95, REQUESTS, '{service=~"$service"}'), '{{route}}']],
        }),
      ],
    },
    {
      title: 'What they take',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Processor',
          description: 'Cores that each process keeps busy, threads included.',
          unit: 'short',
          queries: [[rateBy('service', `process_cpu_seconds_total${HERE}`), '{{service}}']],
        }),
        chart({
          title: 'Memory',
          description: 'Resident memory. One that only grows is a leak: see the runbook MemoryLeak.',
          unit: 'bytes',
          queries: [[`sum by (service) (process_resident_memory_bytes${HERE})`, '{{service}}']],
        }),
        chart({
          title: 'JavaScript heap',
          description: 'Used heap; what resident memory has beside it are buffers and native libraries.',
          unit: 'bytes',
          queries: [[`sum by (service) (nodejs_heap_size_used_bytes${HERE})`, '{{service}}']],
        }),
        chart({
          title: 'Event loop: busy',
          description: 'The share of time in which the event loop runs code. Near 100 % requests wait for each other.',
          unit: 'percentunit',
          queries: [[`max by (service) (terakoya_event_loop_utilisation_ratio${HERE})`, '{{service}}']],
          limits: [[0.95, 'red']],
        }),
        chart({
          title: 'Event loop: lag',
          description: '99 of 100 timers came less late than this.',
          unit: 's',
          queries: [[`max by (service) (terakoya_event_loop_delay_p99_seconds${HERE})`, '{{service}}']],
          limits: [[0.25, 'red']],
        }),
        chart({
          title: 'Garbage collection',
          description: 'The share of time that goes into it.',
          unit: 'percentunit',
          queries: [[rateBy('service', `nodejs_gc_duration_seconds_sum${HERE}`), '{{service}}']],
        }),
        chart({
          title: 'Open files and sockets',
          description: 'A number that only grows tells of connections that nobody closes.',
          unit: 'short',
          queries: [[`sum by (service) (process_open_fds${HERE})`, '{{service}}']],
        }),
        chart({
          title: 'Clock',
          description: 'How far the own clock is from that of Redis.',
          unit: 's',
          queries: [[`max by (service) (abs(terakoya_clock_offset_seconds${HERE}))`, '{{service}}']],
          limits: [[5, 'red']],
        }),
        stat({
          title: 'Faults made on purpose',
          description: 'Switched on with `npm run fault`. In a school that pupils use it must be 0.',
          unit: 'short',
          queries: [['sum(terakoya_fault_active) or vector(0)', 'faults']],
          limits: [[1, 'red']],
        }),
      ],
    },
    {
      title: 'What runs',
      perRow: 2,
      height: 6,
      panels: [
        bars({
          title: 'Versions',
          description: 'How many processes run which version of the school and of Node.js.',
          unit: 'short',
          queries: [['count by (version, node) (terakoya_build_info)', '{{version}} on Node.js {{node}}']],
        }),
        chart({
          title: 'Errors in answers of subgraphs',
          description: 'By code; those that refuse are answers, INTERNAL_SERVER_ERROR is a defect.',
          unit: 'reqps',
          queries: [
            [
              `${rateBy('service, code', 'terakoya_graphql_errors_total{service=~"$service"}')} or vector(0)`,
              '{{service}} {{code}}',
            ],
          ],
        }),
      ],
    },
  ],
};
