import type { Board } from './board';
import { bars, chart } from './panels';
import { quantileBy, rateBy, shareBy } from './queries';

/** PostgreSQL and Redis: as the processes see them, and as they see themselves. */
export const data: Board = {
  uid: 'terakoya-data',
  title: 'Postgres & Redis',
  description: 'PostgreSQL and Redis: as the processes see them, and, by their exporters, as they see themselves.',
  sections: [
    {
      title: 'PostgreSQL, as the processes see it',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Connections',
          description: 'Of the pools of all processes: in all, idle, and requests that wait for one.',
          unit: 'short',
          queries: [['sum by (state) (terakoya_database_connections)', '{{state}}']],
        }),
        chart({
          title: 'Waiting for a connection',
          description: 'By service. See the runbook DatabaseConnectionsExhausted.',
          unit: 'short',
          queries: [['sum by (service) (terakoya_database_connections{state="waiting"})', '{{service}}']],
          limits: [[1, 'red']],
        }),
        chart({
          title: 'Duration of queries',
          description: '95 of 100 take less, by service. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('service', 0.95, 'terakoya_database_query_seconds'), '{{service}}']],
        }),
      ],
    },
    {
      title: 'PostgreSQL, as it sees itself',
      perRow: 3,
      height: 8,
      panels: [
        bars({
          title: 'Reachable',
          description: '1 while the exporter can ask it.',
          unit: 'short',
          max: 1,
          queries: [['min(pg_up)', 'PostgreSQL']],
          limits: [[1, 'green']],
          lowest: 'red',
        }),
        chart({
          title: 'Sessions',
          description: 'By database; max_connections is the limit.',
          unit: 'short',
          queries: [
            ['sum by (datname) (pg_stat_database_numbackends)', '{{datname}}'],
            ['max(pg_settings_max_connections)', 'limit'],
          ],
        }),
        chart({
          title: 'Transactions',
          description: 'Committed and rolled back.',
          unit: 'ops',
          queries: [
            ['sum(rate(pg_stat_database_xact_commit[$__rate_interval]))', 'committed'],
            ['sum(rate(pg_stat_database_xact_rollback[$__rate_interval]))', 'rolled back'],
          ],
        }),
        chart({
          title: 'Read from memory',
          description: 'The share of blocks that were there already. Much below 99 %, more memory helps.',
          unit: 'percentunit',
          queries: [
            [
              'sum(rate(pg_stat_database_blks_hit[$__rate_interval])) / (sum(rate(pg_stat_database_blks_hit[$__rate_interval])) + sum(rate(pg_stat_database_blks_read[$__rate_interval])) > 0) or vector(1)',
              'from memory',
            ],
          ],
        }),
        chart({
          title: 'Deadlocks',
          description: 'Each is a defect: two transactions that lock in another order.',
          unit: 'ops',
          queries: [['sum(rate(pg_stat_database_deadlocks[$__rate_interval]))', 'deadlocks']],
        }),
        chart({
          title: 'Size',
          description: 'By database.',
          unit: 'bytes',
          queries: [['sum by (datname) (pg_database_size_bytes)', '{{datname}}']],
        }),
      ],
    },
    {
      title: 'Redis, as the processes see it',
      perRow: 2,
      height: 8,
      panels: [
        chart({
          title: 'Processes that reach Redis',
          description: '1 is all of them. See the runbook RedisDown.',
          unit: 'percentunit',
          queries: [['avg(terakoya_redis_up)', 'reach it']],
        }),
        chart({
          title: 'Duration of a PING',
          description: '95 of 100 take less, by service.',
          unit: 's',
          queries: [[quantileBy('service', 0.95, 'terakoya_redis_command_seconds'), '{{service}}']],
        }),
      ],
    },
    {
      title: 'Redis, as it sees itself',
      perRow: 3,
      height: 8,
      panels: [
        bars({
          title: 'Reachable',
          description: '1 while the exporter can ask it.',
          unit: 'short',
          max: 1,
          queries: [['min(redis_up)', 'Redis']],
          limits: [[1, 'green']],
          lowest: 'red',
        }),
        chart({
          title: 'Memory',
          description: 'It never evicts: when memory is full, writes fail. The limit is 0 when none is set.',
          unit: 'bytes',
          queries: [
            ['sum(redis_memory_used_bytes)', 'used'],
            ['sum(redis_memory_max_bytes)', 'limit'],
          ],
        }),
        chart({
          title: 'Commands',
          description: 'In a second.',
          unit: 'ops',
          queries: [['sum(rate(redis_commands_processed_total[$__rate_interval]))', 'commands']],
        }),
        chart({
          title: 'Clients',
          description: 'Connected, and those of them that wait for a job or an event.',
          unit: 'short',
          queries: [
            ['sum(redis_connected_clients)', 'connected'],
            ['sum(redis_blocked_clients)', 'waiting'],
          ],
        }),
        chart({
          title: 'Time by command',
          description: 'Seconds of work in a second, for the ten that take most.',
          unit: 'percentunit',
          queries: [
            ['topk(10, sum by (cmd) (rate(redis_commands_duration_seconds_total[$__rate_interval])))', '{{cmd}}'],
          ],
        }),
        chart({
          title: 'Keys',
          description: 'By database.',
          unit: 'short',
          queries: [['sum by (db) (redis_db_keys) > 0', '{{db}}']],
        }),
      ],
    },
    {
      title: 'Files',
      perRow: 2,
      height: 7,
      panels: [
        chart({
          title: 'Stored',
          description: 'Bytes of completed uploads in a second.',
          unit: 'Bps',
          queries: [['sum(rate(terakoya_file_bytes_total[$__rate_interval]))', 'bytes']],
        }),
        chart({
          title: 'Events of files',
          description: 'By kind.',
          unit: 'ops',
          queries: [[rateBy('kind', 'terakoya_file_events_total'), '{{kind}}']],
        }),
        chart({
          title: 'Failed uploads and downloads',
          description: 'The share of requests to the service `files` that were answered with 5xx.',
          unit: 'percentunit',
          queries: [
            [
              shareBy(
                'route',
                'terakoya_http_request_seconds_count{service="files",status=~"5.."}',
                'terakoya_http_request_seconds_count{service="files"}',
              ),
              '{{route}}',
            ],
          ],
        }),
        chart({
          title: 'Messages sent again',
          description: 'Because Redis had lost its data.',
          unit: 'ops',
          queries: [
            [
              'sum by (schema, kind) (rate(terakoya_outbox_recovered_total[$__rate_interval])) or vector(0)',
              '{{schema}} {{kind}}',
            ],
          ],
        }),
      ],
    },
  ],
};
