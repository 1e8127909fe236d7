/** How far an import is; the last three are final until it is tried again. */
export const IMPORT_STATES = ['WAITING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What can happen to an import. */
export type ImportHappening =
  'file-known' | 'file-unknown' | 'pages-found' | 'refused' | 'page-done' | 'cancel' | 'retry';

export interface Counters {
  readonly pagesFound: number | null;
  readonly pagesRead: number;
  readonly pagesFailed: number;
}

const RUNNING: readonly ImportState[] = ['WAITING', 'QUEUED', 'RUNNING'];

/** The state after a happening, or null when it cannot happen (any more). `counters` are those after it. */
export function nextState(state: ImportState, happening: ImportHappening, counters: Counters): ImportState | null {
  switch (happening) {
    case 'file-known':
      return state === 'WAITING' ? 'QUEUED' : null;
    case 'file-unknown':
      return state === 'WAITING' ? 'FAILED' : null;
    case 'pages-found':
      return state === 'QUEUED' ? stateOf(counters) : null;
    case 'refused':
      return state === 'QUEUED' || state === 'RUNNING' ? 'FAILED' : null;
    case 'page-done':
      return state === 'RUNNING' ? stateOf(counters) : null;
    case 'cancel':
      return RUNNING.includes(state) ? 'CANCELLED' : null;
    case 'retry':
      return canRetry(state, counters) ? 'QUEUED' : null;
  }
}

/** Failed and cancelled imports, and completed ones that lack pages. */
function canRetry(state: ImportState, { pagesFailed }: Counters): boolean {
  return state === 'FAILED' || state === 'CANCELLED' || (state === 'COMPLETED' && pagesFailed > 0);
}

function stateOf({ pagesFound, pagesRead, pagesFailed }: Counters): ImportState {
  if (pagesFound === null || pagesRead + pagesFailed < pagesFound) return 'RUNNING';
  return pagesRead > 0 ? 'COMPLETED' : 'FAILED';
}

export function isFinal(state: ImportState): boolean {
  return !RUNNING.includes(state);
}
