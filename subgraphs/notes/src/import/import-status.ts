/** The states of an import, in the order they are usually passed. */
export const IMPORT_STATES = ['WAITING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** States in which something is still to be done. */
export const ACTIVE_STATES: readonly ImportState[] = ['WAITING', 'QUEUED', 'RUNNING'];

/** Why an import or a page failed; `pageNumber` when one page is to blame. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly pageNumber: number | null;
}

/** How far an import is. `pagesFound` is null until the document was inspected. */
export interface ImportStatus {
  readonly state: ImportState;
  readonly pagesFound: number | null;
  readonly pagesRendered: number;
  readonly pagesRead: number;
  readonly pagesFailed: number;
  readonly error: Failure | null;
}

/** What can happen to an import. `read` counts the pages that an earlier run has read already. */
export type ImportStep =
  | { readonly kind: 'file-arrived' }
  | { readonly kind: 'file-missing' }
  | { readonly kind: 'inspected'; readonly pages: number; readonly read: number }
  | { readonly kind: 'inspection-failed'; readonly failure: Failure }
  | { readonly kind: 'page-rendered' }
  | { readonly kind: 'page-read' }
  | { readonly kind: 'page-failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'retried'; readonly isFileHere: boolean };

export const FILE_MISSING: Failure = {
  code: 'FILE_NOT_FOUND',
  message: 'The file does not exist or was never completely uploaded.',
  pageNumber: null,
};
const NO_PAGES: Failure = { code: 'DOCUMENT_EMPTY', message: 'The document has no pages.', pageNumber: null };

/** An import that was just asked for. */
export function newStatus(isFileHere: boolean): ImportStatus {
  const counts = { pagesFound: null, pagesRendered: 0, pagesRead: 0, pagesFailed: 0 };
  return { state: isFileHere ? 'QUEUED' : 'WAITING', ...counts, error: null };
}

/** The status after a step, or null when the step means nothing in this state and must have no effect. */
export function nextStatus(now: ImportStatus, step: ImportStep): ImportStatus | null {
  switch (step.kind) {
    case 'file-arrived':
      return now.state === 'WAITING' ? { ...now, state: 'QUEUED' } : null;
    case 'file-missing':
      return now.state === 'WAITING' ? failed(now, FILE_MISSING) : null;
    case 'inspected':
      return now.state === 'QUEUED' ? inspected(now, step.pages, step.read) : null;
    case 'inspection-failed':
      return now.state === 'QUEUED' ? failed(now, step.failure) : null;
    case 'page-rendered':
      return now.state === 'RUNNING' ? { ...now, pagesRendered: now.pagesRendered + 1 } : null;
    case 'page-read':
      return now.state === 'RUNNING' ? endWhenDone({ ...now, pagesRead: now.pagesRead + 1 }, null) : null;
    case 'page-failed':
      return now.state === 'RUNNING' ? endWhenDone({ ...now, pagesFailed: now.pagesFailed + 1 }, step.failure) : null;
    case 'cancelled':
      return ACTIVE_STATES.includes(now.state) ? { ...onlyWhatIsRead(now), state: 'CANCELLED' } : null;
    case 'retried':
      return canRetry(now) ? { ...onlyWhatIsRead(now), state: step.isFileHere ? 'QUEUED' : 'WAITING' } : null;
  }
}

/** Something is missing: the import failed, was cancelled, or was completed with pages that failed. */
export function canRetry({ state, pagesFailed }: ImportStatus): boolean {
  return state === 'FAILED' || state === 'CANCELLED' || (state === 'COMPLETED' && pagesFailed > 0);
}

/**
 * How much is done, 0..1. Each page counts twice, when it is rendered and when it is read; a failed one is both. Never
 * falls within a run.
 */
export function fractionOf({ state, pagesFound, pagesRendered, pagesRead, pagesFailed }: ImportStatus): number {
  if (state === 'COMPLETED') return 1;
  if (!pagesFound) return 0;
  const rendered = Math.min(pagesFound, pagesRendered + pagesFailed);
  return (rendered + pagesRead + pagesFailed) / (2 * pagesFound);
}

function inspected(now: ImportStatus, pages: number, read: number): ImportStatus {
  if (pages === 0) return failed(now, NO_PAGES);
  const counts = { pagesFound: pages, pagesRendered: read, pagesRead: read, pagesFailed: 0 };
  return endWhenDone({ ...now, ...counts, state: 'RUNNING', error: null }, null);
}

/** Ends when every page is read or has failed; with no page read, the import as a whole has failed. */
function endWhenDone(now: ImportStatus, lastFailure: Failure | null): ImportStatus {
  if (now.pagesRead + now.pagesFailed !== now.pagesFound) return now;
  return now.pagesRead === 0 && lastFailure ? failed(now, lastFailure) : { ...now, state: 'COMPLETED' };
}

function failed(now: ImportStatus, failure: Failure): ImportStatus {
  return { ...now, state: 'FAILED', error: failure };
}

function onlyWhatIsRead(now: ImportStatus): ImportStatus {
  return { ...now, pagesRendered: now.pagesRead, pagesFailed: 0, error: null };
}
