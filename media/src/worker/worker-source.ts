import type { Environment, Report } from '@terakoya/common/system-tools';

export interface WorkerSourceOptions {
  readonly report: Report;
  readonly signal?: AbortSignal;
  readonly env: Environment;
}

/** Tries to write a worker to `output` and says whether it has; when not, the reason is reported. */
export type WorkerSource = (output: string, options: WorkerSourceOptions) => Promise<boolean>;
