/** `npm run verify:faults`: the fault test at its full size; progress for people and, last, one line of JSON. */
import { availableParallelism } from 'node:os';

import { type FaultPlan, killRealtimeAndRedis } from './kill-realtime-and-redis';

const PLAN: FaultPlan = {
  events: 10_000,
  clients: 50,
  kills: [
    { at: 0.15, whom: 'realtime' },
    { at: 0.3, whom: 'redis' },
    { at: 0.5, whom: 'realtime' },
    { at: 0.7, whom: 'redis' },
    { at: 0.85, whom: 'realtime' },
  ],
  eventsPerSecond: 300,
  report: (line) => console.error(line),
};

async function main(): Promise<void> {
  const outcome = await killRealtimeAndRedis(PLAN);
  const { failures } = outcome;
  const figures = {
    seconds: outcome.seconds,
    kills: outcome.kills,
    reconnections: outcome.reconnections,
    whole_clients: outcome.wholeClients,
    missing: outcome.missing,
    doubled: outcome.doubled,
    out_of_order: outcome.outOfOrder,
    partial: outcome.partial,
  };
  const { events, clients, kills } = PLAN;
  const machine = { cores: availableParallelism(), node: process.version };
  const details = { events, clients, kills, failures };
  console.log(JSON.stringify({ name: 'verify:faults', machine, figures, details }));
  const isWhole = outcome.wholeClients === clients && failures.length === 0;
  process.exitCode = isWhole ? 0 : 1;
}

void main();
