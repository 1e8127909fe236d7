import type { z } from 'zod';

import type { Environment } from '@terakoya/common/config';
import { faultsConfig } from '@terakoya/common/faults';
import { healthCheckConfig } from '@terakoya/common/health-check';

import { gatewayConfig } from '../gateway/src/config';
import { mediaConfig } from '../media/src/config';
import { telemetryConfig } from '../observability/src/config';
import { probeConfig } from '../observability/src/probe/config';
import { tracesConfig } from '../observability/src/traces/service';
import { realtimeConfig } from '../realtime/src/config';
import { accountsConfig } from '../subgraphs/accounts/src/config';
import { assistantConfig } from '../subgraphs/assistant/src/config';
import { classesConfig } from '../subgraphs/classes/src/config';
import { filesConfig } from '../subgraphs/files/src/config';
import { meetingsConfig } from '../subgraphs/meetings/src/config';
import { notesConfig } from '../subgraphs/notes/src/config';
import { aiProxyConfig } from '../workers/ai-proxy/config';
import { notesWorkerConfig } from '../workers/notes-worker/config';
import { ocrWorkerConfig } from '../workers/ocr-worker/config';
import { recordingWorkerConfig } from '../workers/recording-worker/config';
import { accountConfig } from './operations/account/config';
import { migrateConfig } from './operations/migrate/config';
import { startConfig } from './start/config';

export interface Schema {
  readonly service: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Throws ConfigurationError for what is missing or wrong. */
  read(environment: Environment): unknown;
}

/** What each of our programs reads from its environment. */
export const SCHEMAS: readonly Schema[] = [
  startConfig,
  gatewayConfig,
  realtimeConfig,
  mediaConfig,
  accountsConfig,
  classesConfig,
  filesConfig,
  notesConfig,
  assistantConfig,
  meetingsConfig,
  notesWorkerConfig,
  ocrWorkerConfig,
  aiProxyConfig,
  recordingWorkerConfig,
  tracesConfig,
  probeConfig,
  telemetryConfig,
  faultsConfig,
  migrateConfig,
  accountConfig,
  healthCheckConfig,
];
