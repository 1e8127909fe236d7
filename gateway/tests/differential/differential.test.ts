/**
 * The gateway's execution against graphql-js: random graphs cut into subgraphs, random data with nulls and errors, random
 * operations. The answer must be that of one server with the merged schema (see compare.ts for what "the same" means).
 *
 * DIFFERENTIAL_GRAPHS graphs (120 unless set: more than 2,000 cases, about a minute) with 20 operations each, from
 * DIFFERENTIAL_SEED (1 unless set, so that a change is judged by the same cases as the one before it).
 * Nightly: `DIFFERENTIAL_SEED=$(date +%j) DIFFERENTIAL_GRAPHS=5000 npx jest gateway/tests/differential` (100,000 cases, about an hour).
 *
 * A difference is made smaller and printed with its seed and path; `graph` and `query` of the report go into
 * differential-cases.test.ts as they are.
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
    if (outcome.ours.isUnplannable) coverage.unplannable += isShrinking ? 0 : 1;
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
    expect(coverage.gaps).toEqual([]);
    expect(coverage.cases).toBeGreaterThanOrEqual(GRAPHS * 17);
    expect(coverage.unplannable).toBeLessThan(GRAPHS / 5); // one in a hundred cases
  },
  GRAPHS * PATIENCE.graph + PATIENCE.shrinking,
);
