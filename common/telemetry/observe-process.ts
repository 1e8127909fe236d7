import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';

import { readBuild } from './config';
import { gauge, whenCollected } from './metrics';

/** How often the delay of the event loop is looked at: each look wakes the process. */
const DELAY_LOOK_MS = 100;

/** What Prometheus is told of every service: its build, and how busy and late its event loop was since it last asked. */
export function observeProcess(): void {
  gauge('terakoya_build_info', 'Always 1; its labels tell what runs.', ['version', 'node']).set(
    { version: readBuild().SERVICE_VERSION, node: process.version },
    1,
  );
  const busy = gauge('terakoya_event_loop_utilisation_ratio', 'Share of the time in which the event loop was busy.');
  let last: EventLoopUtilization = performance.eventLoopUtilization();
  whenCollected(busy, async () => {
    const now = performance.eventLoopUtilization();
    busy.set(performance.eventLoopUtilization(now, last).utilization);
    last = now;
  });
  observeDelay();
}

/** Node.js tells the time between two looks: what is beyond the agreed one is delay. */
function observeDelay(): void {
  const between = monitorEventLoopDelay({ resolution: DELAY_LOOK_MS });
  between.enable();
  const delay = gauge(
    'terakoya_event_loop_delay_p99_seconds',
    'How much later than due the event loop ran its timers, 99th percentile since the last time it was asked.',
  );
  whenCollected(delay, async () => {
    delay.set(Math.max(0, between.percentile(99) / 1e9 - DELAY_LOOK_MS / 1e3));
    between.reset();
  });
}
