import type { TaskPayload, TaskResult, summariseNotebook } from '@terakoya/common/contracts';

export type NotebookPages = TaskPayload<typeof summariseNotebook>['pages'];
export type NotebookSummary = TaskResult<typeof summariseNotebook>;

/** Whatever can summarise a notebook: the local engine, or a vendor's language model. */
export interface TextModel {
  /** What did it, as the summary's reader is told. */
  readonly engine: string;
  /**
   * Summaries of at most 50, 200 and 500 characters and at most 12 key words. A vendor's model throws
   * SPEND_LIMIT_REACHED before any connection when the budget does not allow the call, otherwise a VendorFailure.
   */
  summarise(pages: NotebookPages, signal: AbortSignal): Promise<NotebookSummary>;
  close(): Promise<void>;
}
