import { randomBytes } from 'node:crypto';

import type { Closable } from '@terakoya/common/lifecycle';

import type { StoredSpan } from '../../observability/src/traces/otlp';
import type { FaultTarget } from '../../scripts/fault/switch-fault';
import type { ServiceName } from '../../scripts/start/services';
import { type Told, startAlertmanager } from '../observability/start-alertmanager';
import type { LocalPrometheus } from '../observability/start-prometheus';
import { openWatchedSchool } from '../observability/watched-school';
import { LessonLoad } from './lesson-load';

/** What is watched while faults come and go. */
export interface SchoolDay {
  readonly prometheus: LocalPrometheus;
  /** Everything that people would have been told by now. */
  readonly told: readonly Told[];
  readonly targetOf: (service: ServiceName) => Promise<FaultTarget>;
  readonly spansOf: (traceId: string) => Promise<readonly StoredSpan[]>;
}

/** The rules' windows are divided by it: five minutes are five seconds. */
const TIMES_FASTER = 60;

/** A whole school at work, with fault switches, watched by a Prometheus with the rules sped up and an Alertmanager. */
export async function openSchoolDay(
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<SchoolDay> {
  const secret = randomBytes(24).toString('hex');
  const rulesScale = 1 / TIMES_FASTER;
  const alertmanager = await startAlertmanager({ scale: rulesScale, report });
  opened(alertmanager);
  const { under, prometheus, close } = await openWatchedSchool({
    rulesScale,
    alertmanagerUrl: alertmanager.url,
    environment: {
      FAULT_SECRET: secret,
      PROBE_EVERY_SECONDS: '3',
      PROBE_TIMEOUT_SECONDS: '10',
      RATE_LIMIT_PER_USER: '10000000',
      AI_SPEND_LIMIT_USD: '1000',
      AI_CALLS_PER_MINUTE: '10000',
    },
    report,
  });
  opened({ close });
  const load = new LessonLoad(await under.graphqlUrl());
  opened(load);
  await load.start();
  const traces = await under.school.urlOf('traces');
  return {
    prometheus,
    told: alertmanager.told,
    targetOf: async (service) => ({ url: await under.school.urlOf(service), secret }),
    async spansOf(traceId) {
      const answer = await (await fetch(`${traces}/api/traces/${traceId}`)).json();
      return (answer as { spans: StoredSpan[] }).spans; // our own view's answer
    },
  };
}
