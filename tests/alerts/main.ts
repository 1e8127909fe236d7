/**
 * `npm run verify:alerts [-- FAULT…]`: switches every fault on in turn and shows that its alert fires, leads to a trace
 * with the fault in it and to a runbook, and ends when the fault does. One line a fault and, last, one line of JSON.
 */
import { availableParallelism } from 'node:os';

import { messageOf } from '@terakoya/common/errors';
import { closeInReverse, type Closable } from '@terakoya/common/lifecycle';

import { type FaultCase, FAULT_CASES } from './cases';
import { openSchoolDay } from './open-school-day';
import { type Proof, proveFault } from './prove-fault';

const wanted = process.argv.slice(2);
const report = (line: string): void => console.error(`  ${line}`);

async function main(): Promise<void> {
  const cases = FAULT_CASES.filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));
  if (cases.length === 0)
    throw new Error(`There is no such fault; there are: ${FAULT_CASES.map(({ kind }) => kind).join(', ')}.`);
  const opened: Closable[] = [];
  const proofs: Proof[] = [];
  const failures: string[] = [];
  try {
    const { targetOf, ...day } = await openSchoolDay((resource) => void opened.push(resource), report);
    for (const fault of cases) {
      await proveFault(fault, { ...day, target: await targetOf(fault.service), report }).then(
        (proof) => {
          proofs.push(proof);
          console.log(lineOf(proof));
        },
        (error: unknown) => {
          failures.push(`${fault.kind}: ${messageOf(error)}`);
          console.log(`NOT PROVEN ${fault.kind} (${fault.service}): ${messageOf(error)}`);
        },
      );
    }
  } finally {
    await closeInReverse(opened);
  }
  tell(cases, proofs, failures);
}

function lineOf({ fault, alert, seconds, endedAfterSeconds, traceId, wrongPages }: Proof): string {
  const wrong = wrongPages.length === 0 ? '' : `, WRONG PAGES ${wrongPages.join(', ')}`;
  return `${fault}: ${alert} after ${seconds.toFixed(1)} s, ended ${endedAfterSeconds.toFixed(1)} s after it, trace ${traceId}${wrong}`;
}

function tell(cases: readonly FaultCase[], proofs: readonly Proof[], failures: readonly string[]): void {
  const wrongPages = proofs.flatMap((proof) => proof.wrongPages);
  const figures = { faults: cases.length, proven: proofs.length, wrong_pages: wrongPages.length };
  const machine = { cores: availableParallelism(), node: process.version };
  console.log(JSON.stringify({ name: 'verify:alerts', machine, figures, details: { proofs, failures } }));
  process.exitCode = proofs.length === cases.length && wrongPages.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
