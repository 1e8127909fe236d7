import { counter, gauge, histogram } from '@terakoya/common/telemetry';

import type { CircuitState } from './circuit-breaker';

/** What is recorded of the requests to subgraphs. */
export interface SubgraphEvents {
  /** `outcome` is `answered` or the code of the error. */
  asked(subgraph: string, seconds: number, outcome: string): void;
  circuit(subgraph: string, state: CircuitState): void;
}

const LEVELS: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Metrics (rate, errors, duration) of each subgraph as its caller sees it. */
export function createSubgraphEvents(): SubgraphEvents {
  const duration = histogram('terakoya_subgraph_request_seconds', 'Duration of requests to a subgraph.', [
    'subgraph',
    'outcome',
  ]);
  const circuit = gauge('terakoya_subgraph_circuit', 'Circuit to a subgraph: 0 closed, 1 half open, 2 open.', [
    'subgraph',
  ]);
  const opened = counter('terakoya_subgraph_circuit_opened_total', 'Times the circuit to a subgraph has opened.', [
    'subgraph',
  ]);
  return {
    asked: (subgraph, seconds, outcome) => duration.observe({ subgraph, outcome }, seconds),
    circuit(subgraph, state) {
      circuit.set({ subgraph }, LEVELS[state]);
      if (state === 'open') opened.inc({ subgraph });
    },
  };
}
