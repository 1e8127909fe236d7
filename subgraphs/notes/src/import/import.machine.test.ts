import { IMPORT_STATES, type ImportHappening, type ImportState, isFinal, nextState } from './import.machine';

const counters = (pagesFound: number | null, pagesRead = 0, pagesFailed = 0) => ({
  pagesFound,
  pagesRead,
  pagesFailed,
});

test.each<[ImportState, ImportHappening, ReturnType<typeof counters>, ImportState | null]>([
  ['WAITING', 'file-known', counters(null), 'QUEUED'],
  ['WAITING', 'file-unknown', counters(null), 'FAILED'],
  ['QUEUED', 'file-known', counters(null), null],
  ['QUEUED', 'pages-found', counters(3), 'RUNNING'],
  ['QUEUED', 'pages-found', counters(3, 3), 'COMPLETED'],
  ['QUEUED', 'refused', counters(null), 'FAILED'],
  ['CANCELLED', 'pages-found', counters(3), null],
  ['RUNNING', 'page-done', counters(3, 2), 'RUNNING'],
  ['RUNNING', 'page-done', counters(3, 3), 'COMPLETED'],
  ['RUNNING', 'page-done', counters(3, 2, 1), 'COMPLETED'],
  ['RUNNING', 'page-done', counters(3, 0, 3), 'FAILED'],
  ['CANCELLED', 'page-done', counters(3, 3), null],
  ['COMPLETED', 'page-done', counters(3, 3), null],
  ['RUNNING', 'cancel', counters(3), 'CANCELLED'],
  ['WAITING', 'cancel', counters(null), 'CANCELLED'],
  ['COMPLETED', 'cancel', counters(3, 3), null],
  ['FAILED', 'retry', counters(null), 'QUEUED'],
  ['CANCELLED', 'retry', counters(3), 'QUEUED'],
  ['COMPLETED', 'retry', counters(3, 3), null],
  ['COMPLETED', 'retry', counters(3, 2, 1), 'QUEUED'],
  ['RUNNING', 'retry', counters(3), null],
])('%s + %s %j → %s', (state, happening, after, expected) => {
  expect(nextState(state, happening, after)).toBe(expected);
});

test('three states are final', () => {
  expect(IMPORT_STATES.filter(isFinal)).toEqual(['COMPLETED', 'FAILED', 'CANCELLED']);
});
