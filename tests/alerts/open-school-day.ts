import { randomBytes } from 'node:crypto';

import type { Closable } from '@terakoya/common/lifecycle';
import { z } from 'zod';

import type { StoredSpan } from '../../observability/src/traces/otlp';
import type { FaultTarget } from '../../scripts/fault/switch-fault';
import type { ServiceName } from '../../scripts/start/services';
import { FAKE_OPENAI_KEY, startFakeOpenAi } from '../../workers/tests/fake-openai';
import { SchoolUnderTest } from '../e2e/school-under-test';
import { type Told, startAlertmanager } from '../observability/start-alertmanager';
import { type LocalPrometheus, startPrometheus } from '../observability/start-prometheus';
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
const SCRAPE_MS = 1_000;

/** A whole school at work, with fault switches, a vendor of AI, the probe, and Prometheus with the rules sped up. */
export async function openSchoolDay(
  opened: (resource: Closable) => void,
  report: (line: string) => void,
): Promise<SchoolDay> {
  const secret = randomBytes(24).toString('hex');
  const vendor = await startFakeOpenAi();
  opened(vendor);
  const under = new SchoolUnderTest({
    without: ['app'],
    environment: {
      FAULT_SECRET: secret,
      ...{ PROBE: 'true', PROBE_EVERY_SECONDS: '3', PROBE_TIMEOUT_SECONDS: '10' },
      ...{ AI_ENGINE: 'openai', OPENAI_API_KEY: FAKE_OPENAI_KEY, OPENAI_BASE_URL: `${vendor.url}/v1` },
      ...{ AI_SPEND_LIMIT_USD: '1000', AI_CALLS_PER_MINUTE: '10000' },
    },
  });
  opened(under);
  report('the school starts …');
  await under.start();
  const load = new LessonLoad(await under.graphqlUrl());
  opened(load);
  await load.start();
  const alertmanager = await startAlertmanager({ scale: 1 / TIMES_FASTER, report });
  opened(alertmanager);
  const targets = await Promise.all(
    under.school.services
      .filter((service) => service !== 'traces')
      .map(async (service) => ({ service, url: await under.school.urlOf(service) })),
  );
  const rulesScale = 1 / TIMES_FASTER;
  const alertmanagerUrl = alertmanager.url;
  const prometheus = await startPrometheus({ targets, rulesScale, scrapeMs: SCRAPE_MS, alertmanagerUrl, report });
  opened(prometheus);
  const traces = await under.school.urlOf('traces');
  return {
    prometheus,
    told: alertmanager.told,
    targetOf: async (service) => ({ url: await under.school.urlOf(service), secret }),
    spansOf: async (traceId) =>
      traceSchema.parse(await (await fetch(`${traces}/api/traces/${traceId}`)).json()).spans as StoredSpan[], // our own view's answer
  };
}

const traceSchema = z.object({ spans: z.array(z.unknown()) });
