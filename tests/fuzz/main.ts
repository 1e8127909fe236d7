/** `npm run verify:fuzz [-- CASES [SEED]]`: 20,000 malformed requests, WebSocket frames and documents; one line of JSON last. */
import { availableParallelism } from 'node:os';

import { runFuzz } from './run-fuzz';

const CASES = 20_000;
const SEED = 20_261_125;
/** How much the heap may grow once its caches are full. */
const MOST_GROWTH_MB = 40;

async function main(): Promise<void> {
  const [cases = CASES, seed = SEED] = process.argv.slice(2).map(Number);
  const result = await runFuzz(cases, seed, (line) => console.error(line));
  const growth = result.heapMb.end - result.heapMb.middle;
  const isStable = growth < MOST_GROWTH_MB;
  const figures = {
    cases: result.cases,
    wrong: result.wrong.length,
    hung: result.hung,
    crashes: result.crash === null ? 0 : 1,
    heap_growth_mb: Number(growth.toFixed(1)),
  };
  const machine = { cores: availableParallelism(), node: process.version };
  console.log(JSON.stringify({ name: 'fuzz', machine, figures, details: { ...result, seed } }));
  if (result.wrong.length > 0 || result.hung > 0 || result.crash !== null || !isStable) process.exitCode = 1;
}

void main();
