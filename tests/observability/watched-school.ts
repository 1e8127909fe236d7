import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import { type Closable, closeInReverse } from '../../common/lifecycle';
import { startPostgres, startRedis } from '../../common/local-servers';
import { temporaryFolder } from '../../common/testkit';
import { SERVICES } from '../../scripts/start/services';
import { FAKE_OPENAI_KEY, startFakeOpenAi } from '../../workers/tests/fake-openai';
import type { FakeVendor } from '../../workers/tests/fake-vendor';
import { startFakeVision, writeFakeCredentials } from '../../workers/tests/fake-vision';
import { SchoolUnderTest } from '../e2e/school-under-test';
import { startPostgresExporter, startRedisExporter } from './start-exporters';
import { type LocalPrometheus, startPrometheus } from './start-prometheus';

/** A whole school with vendors that cost nothing, and everything that watches it. */
export interface WatchedSchool {
  readonly under: SchoolUnderTest;
  readonly openAi: FakeVendor;
  readonly vision: FakeVendor;
  readonly prometheus: LocalPrometheus;
  close(): Promise<void>;
}

/** The web app has no metrics of its own, and the view of traces is a tool of development. */
const UNWATCHED: readonly string[] = ['app', 'traces'];

export interface WatchOptions {
  /** What all times in the rules are multiplied by. */
  readonly rulesScale: number;
  /** Where alerts go; nowhere unless given. */
  readonly alertmanagerUrl?: string;
  /** More variables of the school's, or others. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly report: (line: string) => void;
}

/** Starts it: servers, school, exporters, Prometheus; everything is closed again when one of them cannot start. */
export async function openWatchedSchool(options: WatchOptions): Promise<WatchedSchool> {
  const { report, environment, ...watch } = options;
  const opened: Closable[] = [];
  const keep = <R extends Closable>(resource: R): R => {
    opened.push(resource);
    return resource;
  };
  const close = (): Promise<void> => closeInReverse(opened);
  try {
    const folder = temporaryFolder();
    chmodSync(folder.path, 0o755); // PostgreSQL runs as a user of its own
    keep({ close: async () => folder.remove() });
    const dataDirectory = join(folder.path, 'postgres');
    const postgres = await startPostgres({ dataDirectory, port: 0, isEphemeral: true, report });
    keep({ close: () => postgres.stop() });
    const redis = await startRedis({ port: 0, report });
    keep({ close: () => redis.stop() });
    const openAi = keep(await startFakeOpenAi());
    const vision = keep(await startFakeVision());
    const under = keep(
      new SchoolUnderTest({
        without: ['app'],
        environment: {
          DATABASE_URL: postgres.url,
          REDIS_URL: redis.url,
          ...paidVendors(openAi, vision, writeFakeCredentials(folder.path)),
          OTEL_TRACES_SAMPLER_ARG: '1',
          PROBE: 'true',
          PROBE_EVERY_SECONDS: '2',
          RATE_LIMIT_PER_USER: '20000',
          ...environment,
        },
      }),
    );
    report('starting the school …');
    await under.start();
    const exporters = [
      keep(await startPostgresExporter(postgres.url, report)),
      keep(await startRedisExporter(redis.url, report)),
    ];
    const processes = SERVICES.filter((name) => !UNWATCHED.includes(name)).map(async (service) => ({
      service,
      url: await under.school.urlOf(service),
    }));
    const targets = [...(await Promise.all(processes)), ...exporters];
    const prometheus = keep(await startPrometheus({ ...watch, targets, scrapeMs: 1_000, report }));
    return { under, openAi, vision, prometheus, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Vendors as a school has them that pays for AI, at addresses of this machine. */
function paidVendors(openAi: FakeVendor, vision: FakeVendor, credentials: string): Record<string, string> {
  return {
    AI_ENGINE: 'openai',
    AI_SPEND_LIMIT_USD: '100',
    OPENAI_API_KEY: FAKE_OPENAI_KEY,
    OPENAI_BASE_URL: `${openAi.url}/v1`,
    OCR_ENGINE: 'google-vision',
    GOOGLE_VISION_URL: vision.url,
    GOOGLE_APPLICATION_CREDENTIALS: credentials,
  };
}
