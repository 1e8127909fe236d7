import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { poll } from '@terakoya/common/lifecycle';

import type { StoredSpan } from '../../observability/src/traces/otlp';
import { type FaultTarget, switchFault } from '../../scripts/fault/switch-fault';
import { ROOT } from '../../scripts/start/services';
import type { ActiveAlert } from '../observability/prometheus-api';
import type { Told } from '../observability/start-alertmanager';
import type { LocalPrometheus } from '../observability/start-prometheus';
import type { FaultCase } from './cases';

/** What came of one fault. */
export interface Proof {
  readonly fault: string;
  readonly alert: string;
  /** From the fault to the alert, and from the end of the fault to the end of the alert. */
  readonly seconds: number;
  readonly endedAfterSeconds: number;
  /** A trace that an exemplar of the alert names and that has a span the fault broke. */
  readonly traceId: string;
  /** Pages that have nothing to do with the fault. */
  readonly wrongPages: readonly string[];
}

export interface ProofOptions {
  readonly prometheus: LocalPrometheus;
  readonly told: readonly Told[];
  readonly target: FaultTarget;
  readonly spansOf: (traceId: string) => Promise<readonly StoredSpan[]>;
  readonly report: (line: string) => void;
}

const FIRES_MS = 120_000;
const ENDS_MS = 240_000;
const CALM_MS = 240_000;
const TRACE_MS = 60_000;
const EVERY_MS = 500;
/** Longer than any proof takes: the fault is ended by us. */
const FAULT_SECONDS = 600;
/** What these break leaves its trace at once; of the others it comes when they are over. */
const TELLS_WHILE_BROKEN: ReadonlySet<string> = new Set([
  'slow',
  'failing',
  'vendor-errors',
  'memory-leak',
  'media-worker-death',
  'clock-skew',
]);
/** Nobody can end the pause of Redis. */
const PAUSE_SECONDS = 20;

/** Switches a fault on, waits for its alert, its exemplar and its runbook, switches it off and waits for the end. */
export async function proveFault(fault: FaultCase, options: ProofOptions): Promise<Proof> {
  const { prometheus, told } = options;
  await calm(fault, options);
  const toldBefore = told.length;
  const began = Date.now();
  const running = keepBroken(fault, options.target);
  try {
    const firing = await poll(`The alert ${fault.alert}`, { timeoutMs: FIRES_MS, everyMs: EVERY_MS }, async () => {
      return (await firingAlerts(prometheus)).find((alert) => isOf(alert, fault));
    });
    const seconds = (Date.now() - began) / 1_000;
    requireRunbook(firing);
    if (!TELLS_WHILE_BROKEN.has(fault.kind)) await running.end();
    const traceId = await findFaultyTrace(fault, firing, began, options);
    const ended = await running.end();
    await poll(`The end of ${fault.alert}`, { timeoutMs: ENDS_MS, everyMs: EVERY_MS }, async () => {
      return (await firingAlerts(prometheus)).some((alert) => isOf(alert, fault)) ? undefined : true;
    });
    return {
      fault: `${fault.kind} (${fault.service})`,
      alert: fault.alert,
      seconds,
      endedAfterSeconds: (Date.now() - ended) / 1_000,
      traceId,
      wrongPages: strangers(told.slice(toldBefore), fault),
    };
  } finally {
    await running.end();
  }
}

/** A proof begins when nobody is paged, and its own alert is over. Slow burns of a budget may go on for the day. */
async function calm(fault: FaultCase, { prometheus, report }: ProofOptions): Promise<void> {
  let told = '';
  await poll('Calm', { timeoutMs: CALM_MS, everyMs: EVERY_MS }, async () => {
    const alerts = await firingAlerts(prometheus);
    const names = alerts
      .filter(({ labels }) => labels['severity'] === 'page' || labels['alertname'] === fault.alert)
      .map(({ labels }) => labels['alertname'])
      .join(', ');
    if (names !== told) report(names === '' ? 'calm' : `waiting for the end of ${names}`);
    told = names;
    return names === '' ? true : undefined;
  });
}

async function firingAlerts(prometheus: LocalPrometheus): Promise<ActiveAlert[]> {
  return (await prometheus.alerts()).filter(({ state }) => state === 'firing');
}

function isOf({ labels }: ActiveAlert, fault: FaultCase): boolean {
  const wanted = Object.entries({ alertname: fault.alert, ...fault.labels });
  return wanted.every(([name, value]) => labels[name] === value);
}

/** Of what people were woken by, that which the fault does not explain. */
function strangers(told: readonly Told[], fault: FaultCase): string[] {
  const names = told
    .filter(({ receiver, status }) => receiver === 'page' && status === 'firing')
    .map(({ labels }) => labels['alertname'] ?? '');
  return [...new Set(names)].filter((name) => name !== fault.alert && !fault.related.includes(name));
}

function requireRunbook({ annotations, labels }: ActiveAlert): void {
  const link = annotations['runbook_url'] ?? '';
  if (link === '' || !existsSync(join(ROOT, link)))
    throw new Error(`${labels['alertname']}: there is no runbook at ${link}.`);
}

/** Starts the fault, again and again where it is over as soon as it acts; `end` ends it and tells when that was. */
function keepBroken(fault: FaultCase, target: FaultTarget): { end(): Promise<number> } {
  const seconds = fault.kind === 'redis-pause' ? PAUSE_SECONDS : FAULT_SECONDS;
  // A process that has just died answers nobody: the next turn reaches its successor.
  const start = (): Promise<unknown> =>
    switchFault(target, 'PUT', fault.kind, { ...fault.parameters, seconds }).catch((error: unknown) => {
      if (fault.againSeconds === undefined) throw error;
    });
  let last = start();
  const timer =
    fault.againSeconds === undefined ? undefined : setInterval(() => void (last = start()), fault.againSeconds * 1_000);
  let ending: Promise<number> | undefined;
  return {
    end: () =>
      (ending ??= (async () => {
        clearInterval(timer);
        await last;
        const options = { timeoutMs: 30_000, everyMs: EVERY_MS };
        await poll('The end of the fault', options, () =>
          switchFault(target, 'DELETE', fault.kind).catch(() => undefined),
        );
        return Date.now();
      })()),
  };
}

/** The way of whoever is paged: from the alert by its exemplars to a trace with the span that is to blame. */
async function findFaultyTrace(
  fault: FaultCase,
  { annotations }: ActiveAlert,
  sinceMs: number,
  { prometheus, spansOf }: ProofOptions,
): Promise<string> {
  const selector = annotations['exemplars'] ?? '';
  return poll(`An exemplar of ${selector} with the fault`, { timeoutMs: TRACE_MS, everyMs: EVERY_MS }, async () => {
    for (const { labels } of await prometheus.queryExemplars(selector, new Date(sinceMs))) {
      const traceId = labels['trace_id'] ?? '';
      const spans = await spansOf(traceId);
      if (spans.some(fault.isFaulty)) return traceId;
    }
    return undefined;
  });
}
