import type { DataSource } from 'typeorm';

import { gauge, histogram, whenCollected } from '../telemetry';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What node-postgres tells of its pool. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Metrics of a data source that is connected: its pool, and how long statements take (in whole milliseconds). */
export function observeDatabase(source: DataSource): void {
  const connections = gauge('terakoya_database_connections', 'Connections of the pool, and who waits for one.', [
    'state',
  ]);
  const duration = histogram('terakoya_database_query_seconds', 'Duration of statements that succeeded.', [], SECONDS);
  whenCollected(connections, async () => {
    if (!source.isInitialized || !('master' in source.driver)) return;
    const { totalCount, idleCount, waitingCount } = source.driver.master as Pool; // TypeORM's driver has it as any
    connections.set({ state: 'total' }, totalCount);
    connections.set({ state: 'idle' }, idleCount);
    // Whoever takes an idle connection stands in the queue for a moment; to wait is to have none to take.
    connections.set({ state: 'waiting' }, idleCount > 0 ? 0 : waitingCount);
  });
  source.subscribers.push({
    afterQuery: ({ executionTime }) => {
      if (executionTime !== undefined) duration.observe({}, executionTime / 1000);
    },
  });
}
