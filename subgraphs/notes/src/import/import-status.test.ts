import {
  IMPORT_STATES,
  type ImportState,
  type ImportStatus,
  type ImportStep,
  canRetry,
  fractionOf,
  newStatus,
  nextStatus,
} from './import-status';

const failure = { code: 'DOCUMENT_CORRUPT', message: 'broken', pageNumber: 2 };
const at = (state: ImportState, counts: Partial<ImportStatus> = {}): ImportStatus => ({
  ...newStatus(true),
  state,
  pagesFound: 3,
  ...counts,
});

/** The state after each step in each state; `-` where the step must have no effect. */
const TABLE: readonly (readonly [ImportStep, Record<ImportState, ImportState | '-'>])[] = [
  [{ kind: 'file-arrived' }, row('QUEUED', '-', '-', '-', '-', '-')],
  [{ kind: 'file-missing' }, row('FAILED', '-', '-', '-', '-', '-')],
  [{ kind: 'inspected', pages: 3, read: 0 }, row('-', 'RUNNING', '-', '-', '-', '-')],
  [{ kind: 'inspected', pages: 3, read: 3 }, row('-', 'COMPLETED', '-', '-', '-', '-')],
  [{ kind: 'inspected', pages: 0, read: 0 }, row('-', 'FAILED', '-', '-', '-', '-')],
  [{ kind: 'inspection-failed', failure }, row('-', 'FAILED', '-', '-', '-', '-')],
  [{ kind: 'page-rendered' }, row('-', '-', 'RUNNING', '-', '-', '-')],
  [{ kind: 'page-read' }, row('-', '-', 'RUNNING', '-', '-', '-')],
  [{ kind: 'page-failed', failure }, row('-', '-', 'RUNNING', '-', '-', '-')],
  [{ kind: 'cancelled' }, row('CANCELLED', 'CANCELLED', 'CANCELLED', '-', '-', '-')],
  [{ kind: 'retried', isFileHere: true }, row('-', '-', '-', '-', 'QUEUED', 'QUEUED')],
  [{ kind: 'retried', isFileHere: false }, row('-', '-', '-', '-', 'WAITING', 'WAITING')],
];

function row(...states: (ImportState | '-')[]): Record<ImportState, ImportState | '-'> {
  return Object.fromEntries(IMPORT_STATES.map((state, index) => [state, states[index]])) as Record<ImportState, '-'>;
}

const CASES = TABLE.flatMap(([step, states]) => IMPORT_STATES.map((state) => [state, step, states[state]] as const));

test.each(CASES)('%s, then %j: %s', (state, step, expected) => {
  expect(nextStatus(at(state), step)?.state ?? '-').toBe(expected);
});

test('ends when the last page is read or has failed, and fails only when none was read', () => {
  const last = at('RUNNING', { pagesRead: 1, pagesFailed: 1 });
  expect(nextStatus(last, { kind: 'page-read' })).toMatchObject({ state: 'COMPLETED', pagesRead: 2, error: null });
  expect(nextStatus(last, { kind: 'page-failed', failure })).toMatchObject({ state: 'COMPLETED', pagesFailed: 2 });
  const none = at('RUNNING', { pagesFailed: 2 });
  expect(nextStatus(none, { kind: 'page-failed', failure })).toMatchObject({ state: 'FAILED', error: failure });
});

test('what has failed can be retried, and what is read stays counted', () => {
  const partly = at('COMPLETED', { pagesRendered: 3, pagesRead: 2, pagesFailed: 1 });
  expect([canRetry(partly), canRetry(at('COMPLETED', { pagesRead: 3 })), canRetry(at('RUNNING'))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(nextStatus(partly, { kind: 'retried', isFileHere: true })).toMatchObject({
    state: 'QUEUED',
    pagesRead: 2,
    pagesRendered: 2,
    pagesFailed: 0,
  });
});

test('the fraction grows from 0 to 1 whatever way the pages go', () => {
  const steps: ImportStep[] = [
    { kind: 'inspected', pages: 3, read: 0 },
    { kind: 'page-rendered' },
    { kind: 'page-read' },
    { kind: 'page-failed', failure },
    { kind: 'page-rendered' },
    { kind: 'page-failed', failure },
  ];
  let status = newStatus(true);
  const fractions = [fractionOf(status)];
  for (const step of steps) {
    status = nextStatus(status, step) ?? status;
    fractions.push(fractionOf(status));
  }
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect([fractions[0], fractions.at(-1), status.state]).toEqual([0, 1, 'COMPLETED']);
});
