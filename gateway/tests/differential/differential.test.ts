/**
 * The gateway's execution against graphql-js: random graphs cut into subgraphs, random data with nulls and errors, random
 * operations. The answer must be that of one server with the merged schema (compare.ts says what "the same" means).
 *
 * DIFFERENTIAL_GRAPHS graphs (120 unless set: 2,400 cases, about a minute) with 20 operations each, from DIFFERENTIAL_SEED
 * (1 unless set, so that a run can be repeated). Nightly, with other cases each day, 60,000 of them:
 *
 *     DIFFERENTIAL_GRAPHS=3000 DIFFERENTIAL_SEED=$(date +%Y%m%d) npx jest gateway/tests/differential/differential.test.ts
 *
 * A difference is made smaller, and printed with its seed and with everything needed to see it again. What it was belongs
 * into differential-cases.test.ts.
 */
import fc from 'fast-check';
import { validate } from 'graphql';

import { type Case, CaseArbitrary } from './case';
import { Coverage } from './coverage';
import { featuresOf } from './features';
import type { Graph } from './graph';
import { type OpenedGraph, compareOperation, tryToOpenGraph } from './open-graph';
import { reportOf } from './report';

const GRAPHS = Number(process.env.DIFFERENTIAL_GRAPHS ?? 120);
const OPERATIONS_PER_GRAPH = 20;
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);
/** In fewer graphs a feature may be missing by chance. */
const ENOUGH_FOR_COVERAGE = 100;
/** How long a run may take for each graph, and how long a difference may be made smaller, in milliseconds. */
const PATIENCE = { graph: 2_500, shrinking: 120_000 };

const coverage = new Coverage();
let opened: { readonly graph: Graph; readonly as: OpenedGraph | null } | null = null;

/** Opened once for all operations on it, also while a case becomes smaller. A graph made smaller may be none any more. */
function open(graph: Graph, isShrinking: boolean): OpenedGraph | null {
  if (opened?.graph === graph) return opened.as;
  try {
    opened = { graph, as: tryToOpenGraph(graph) };
  } catch (error) {
    if (!isShrinking) throw error;
    opened = { graph, as: null };
  }
  return opened.as;
}

/** Throws a report of the first operation that is answered differently. */
async function check({ graph, operations }: Case, isShrinking: boolean): Promise<void> {
  const both = open(graph, isShrinking);
  if (!isShrinking) coverage[both ? 'graphs' : 'misfits'] += 1;
  if (!both) return;
  for (const operation of operations) {
    if (validate(both.monolith.schema, operation.document).length > 0) continue; // made smaller too far
    const outcome = await compareOperation(both, operation);
    if (outcome.isMisplanned) coverage.misplanned += isShrinking ? 0 : 1;
    else if (outcome.differences.length > 0) throw new Error(reportOf(both, operation, outcome));
    else if (!isShrinking) coverage.add(featuresOf(both, operation, outcome));
  }
}

test(
  `${GRAPHS} graphs are executed as by one server (seed ${SEED})`,
  async () => {
    let hasFailed = false;
    const property = fc.asyncProperty(new CaseArbitrary(OPERATIONS_PER_GRAPH), async (drawn) => {
      try {
        await check(drawn, hasFailed);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    });
    const result = await fc.check(property, { seed: SEED, numRuns: GRAPHS });
    process.stderr.write(`differential: seed ${SEED}, ${coverage.report()}\n`);
    if (result.failed)
      throw new Error(`seed ${result.seed}, path ${result.counterexamplePath}: ${String(result.errorInstance)}`);
    if (GRAPHS >= ENOUGH_FOR_COVERAGE) expect(coverage.gaps).toEqual([]);
    expect(coverage.cases).toBeGreaterThanOrEqual(GRAPHS * 17);
    expect(coverage.misplanned).toBeLessThan(GRAPHS / 5); // one in a hundred cases
  },
  GRAPHS * PATIENCE.graph + PATIENCE.shrinking,
);
