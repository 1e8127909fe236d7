import type { TaskPayload, TaskResult, summariseNotebook } from '@terakoya/common/contracts';

export type SummaryPages = TaskPayload<typeof summariseNotebook>['pages'];
export type SummaryResult = TaskResult<typeof summariseNotebook>;

/** Something that summarises: the local engine, or a vendor behind the budget. */
export interface TextModel {
  summarise(pages: SummaryPages, signal: AbortSignal): Promise<SummaryResult>;
}
