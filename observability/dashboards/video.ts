import type { Board } from './board';
import { chart, stat } from './panels';
import { quantileBy, rareBy, rateBy, spread } from './queries';

/** Video lessons: who is in, how well they see and hear, and what media nodes carry. */
export const video: Board = {
  uid: 'terakoya-video',
  title: 'Video',
  description: 'Video lessons: who is in, how well they see and hear, and what media nodes carry.',
  sections: [
    {
      title: 'Now',
      perRow: 4,
      height: 5,
      panels: [
        stat({
          title: 'Rooms',
          description: 'Lessons and breakout rooms of all media nodes.',
          unit: 'short',
          queries: [['sum(terakoya_media_rooms)', 'rooms']],
        }),
        stat({
          title: 'Participants',
          description: 'Of all rooms.',
          unit: 'short',
          queries: [['sum(terakoya_media_peers)', 'participants']],
        }),
        stat({
          title: 'Joins that work',
          description: 'The share in the last hour.',
          unit: 'percentunit',
          queries: [['1 - slo:error_ratio:1h{slo="meeting-join-success"}', 'work']],
          limits: [
            [0.95, 'orange'],
            [0.995, 'green'],
          ],
          lowest: 'red',
        }),
        stat({
          title: 'Workers that died',
          description: 'In the last 24 hours. Their meetings moved to others. See the runbook MediaWorkerDied.',
          unit: 'short',
          decimals: 0,
          queries: [['sum(increase(terakoya_media_worker_deaths_total[24h])) or vector(0)', 'died']],
          limits: [[1, 'red']],
        }),
      ],
    },
    {
      title: 'Joining',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Joins by outcome',
          description: '`session` is somebody who is in; `waiting` is in front of the door; codes are refusals.',
          unit: 'ops',
          queries: [[rateBy('outcome', 'terakoya_meeting_join_seconds_count'), '{{outcome}}']],
        }),
        chart({
          title: 'Time to join',
          description: 'As the server sees it. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: spread('terakoya_meeting_join_seconds', '{outcome="session"}'),
          limits: [[1, 'red']],
        }),
        chart({
          title: 'Steps of a lesson',
          description: '95 of 100 take less, by step.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('step', 0.95, 'terakoya_meeting_step_seconds'), '{{step}}']],
        }),
      ],
    },
    {
      title: 'How well they see and hear',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Score of tracks',
          description: "mediasoup's score from 0 to 10: nine of ten tracks have more. `in` is what people send.",
          unit: 'short',
          queries: [[quantileBy('direction', 0.1, 'terakoya_media_score'), '{{direction}}']],
        }),
        chart({
          title: 'Lost packets',
          description: 'The share that is lost on the way: 95 of 100 tracks lose less.',
          unit: 'percentunit',
          queries: [[quantileBy('direction', 0.95, 'terakoya_media_loss_ratio'), '{{direction}}']],
          limits: [[0.05, 'red']],
        }),
        chart({
          title: 'Jitter',
          description: '95 of 100 tracks have less. Over 30 ms voices begin to stutter.',
          unit: 's',
          queries: [[quantileBy('direction', 0.95, 'terakoya_media_jitter_seconds'), '{{direction}}']],
          limits: [[0.03, 'red']],
        }),
        chart({
          title: 'Round trip',
          description: 'From a media node to a browser and back: 95 of 100 take less.',
          unit: 's',
          queries: [[quantileBy('', 0.95, 'terakoya_media_round_trip_seconds'), 'round trip']],
          limits: [[0.3, 'red']],
        }),
        chart({
          title: 'Bits',
          description: 'What media nodes take in and hand on.',
          unit: 'bps',
          queries: [['sum by (direction) (terakoya_media_bitrate_bps)', '{{direction}}']],
        }),
        chart({
          title: 'Tracks',
          description: 'Sent to the nodes by kind, and handed on.',
          unit: 'short',
          queries: [
            ['sum by (kind) (terakoya_media_producers)', 'sent: {{kind}}'],
            ['sum(terakoya_media_consumers)', 'handed on'],
          ],
        }),
      ],
    },
    {
      title: 'Media nodes',
      perRow: 3,
      height: 8,
      panels: [
        chart({
          title: 'Processor of workers',
          description: 'The share of a core that each mediasoup worker keeps busy. A worker cannot use more than one.',
          unit: 'percentunit',
          queries: [
            [
              'sum by (instance, worker) (rate(terakoya_media_worker_cpu_seconds[$__rate_interval]))',
              '{{instance}} {{worker}}',
            ],
          ],
          limits: [[0.85, 'red']],
        }),
        chart({
          title: 'Commands',
          description: 'What `meetings` and other nodes ask for, by code of the answer.',
          unit: 'ops',
          queries: [[rateBy('command, code', 'terakoya_media_commands_total'), '{{command}} {{code}}']],
        }),
        chart({
          title: 'Duration of commands',
          description: '95 of 100 take less. The dots are traces: click one.',
          unit: 's',
          exemplars: true,
          queries: [[quantileBy('command', 0.95, 'terakoya_media_command_seconds'), '{{command}}']],
        }),
        chart({
          title: 'Events of media nodes',
          description: 'Rooms, participants and tracks that were lost, and who speaks.',
          unit: 'ops',
          queries: [[rareBy('kind', 'terakoya_media_events_total'), '{{kind}}']],
        }),
        chart({
          title: 'Pipes between nodes',
          description: 'A large room is spread over nodes.',
          unit: 'short',
          queries: [['sum by (direction) (terakoya_media_pipes) or vector(0)', '{{direction}}']],
        }),
        chart({
          title: 'Events of meetings',
          description: 'By kind.',
          unit: 'ops',
          queries: [[rateBy('kind', 'terakoya_meeting_events_total'), '{{kind}}']],
        }),
      ],
    },
    {
      title: 'Recordings',
      perRow: 3,
      height: 7,
      panels: [
        chart({
          title: 'Events of recordings',
          description: 'On media nodes. A lost segment is missing in the film.',
          unit: 'ops',
          queries: [[rareBy('kind', 'terakoya_media_recording_events_total'), '{{kind}}']],
        }),
        chart({
          title: 'Composing',
          description: 'Time it took as a part of what was recorded; 1 is as long as the lesson.',
          unit: 'short',
          queries: spread('terakoya_recording_compose_ratio'),
        }),
        stat({
          title: 'Films of the last 24 hours',
          description: 'Recordings made into one file.',
          unit: 'short',
          decimals: 0,
          queries: [['sum(increase(terakoya_recordings_composed_total[24h])) or vector(0)', 'films']],
        }),
      ],
    },
  ],
};
