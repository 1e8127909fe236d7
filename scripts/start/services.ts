import { join } from 'node:path';

import { type ProcessSpec } from './managed-process';
import type { StartConfig } from './config';

export const SUBGRAPHS = ['accounts', 'classes', 'files', 'notes', 'assistant', 'meetings'] as const;
export const SERVICES = [
  'traces',
  ...SUBGRAPHS,
  'notes-worker',
  'ocr-worker',
  'recording-worker',
  'ai-proxy',
  'media',
  'realtime',
  'gateway',
  'probe',
  'app',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Each service's main file, from the repository's root, and the variable of its port. */
export const ENTRIES: Readonly<Record<ServiceName, { readonly main: string; readonly port: keyof StartConfig }>> = {
  traces: { main: 'observability/src/traces/main.ts', port: 'TRACES_PORT' },
  accounts: { main: 'subgraphs/accounts/src/main.ts', port: 'ACCOUNTS_PORT' },
  classes: { main: 'subgraphs/classes/src/main.ts', port: 'CLASSES_PORT' },
  files: { main: 'subgraphs/files/src/main.ts', port: 'FILES_PORT' },
  notes: { main: 'subgraphs/notes/src/main.ts', port: 'NOTES_PORT' },
  assistant: { main: 'subgraphs/assistant/src/main.ts', port: 'ASSISTANT_PORT' },
  meetings: { main: 'subgraphs/meetings/src/main.ts', port: 'MEETINGS_PORT' },
  'notes-worker': { main: 'workers/notes-worker/main.ts', port: 'NOTES_WORKER_PORT' },
  'ocr-worker': { main: 'workers/ocr-worker/main.ts', port: 'OCR_WORKER_PORT' },
  'recording-worker': { main: 'workers/recording-worker/main.ts', port: 'RECORDING_WORKER_PORT' },
  'ai-proxy': { main: 'workers/ai-proxy/main.ts', port: 'AI_PROXY_PORT' },
  media: { main: 'media/src/main.ts', port: 'MEDIA_PORT' },
  realtime: { main: 'realtime/src/main.ts', port: 'REALTIME_PORT' },
  gateway: { main: 'gateway/src/main.ts', port: 'GATEWAY_PORT' },
  probe: { main: 'observability/src/probe/main.ts', port: 'PROBE_PORT' },
  app: { main: 'node_modules/next/dist/bin/next', port: 'APP_PORT' },
};

export const ROOT = join(__dirname, '..', '..');

/** How Node.js runs our TypeScript from source, with telemetry loaded before anything else. */
const FROM_SOURCE = [
  '--conditions=terakoya-source',
  '--enable-source-maps',
  '--require',
  join(ROOT, 'scripts', 'register.js'),
  '--require',
  join(ROOT, 'observability', 'preload.ts'),
];

export function serviceProcess(
  name: Exclude<ServiceName, 'app'>,
  environment: Readonly<Record<string, string>>,
  logFile: string,
): ProcessSpec {
  return {
    name,
    command: process.execPath,
    arguments: [...FROM_SOURCE, join(ROOT, ENTRIES[name].main)],
    environment: { ...environment, OTEL_SERVICE_NAME: name },
    logFile,
  };
}
