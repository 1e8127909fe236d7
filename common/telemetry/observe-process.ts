import { type EventLoopUtilization, performance } from 'node:perf_hooks';

import { readBuild } from './config';
import { gauge, whenCollected } from './metrics';

/** What Prometheus is told of every service: its build, and how busy its event loop was since the last time it asked. */
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
}
