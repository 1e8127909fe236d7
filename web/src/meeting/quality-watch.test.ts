import type { QualityLevel } from '../generated/graphql';
import { QualityWatch } from './quality-watch';

const ANSWER_MS = 100;

/** A watch over a school that answers after 100 ms, in turn with what is given; an error is a failure to answer. */
function watching(answers: readonly (QualityLevel | null | Error)[]) {
  const told: (QualityLevel | null)[] = [];
  const state = { isMeasured: true, asked: 0 };
  const ask = async (): Promise<unknown> => {
    const answer = answers[state.asked];
    state.asked += 1;
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    if (answer instanceof Error) throw answer;
    return { meeting: { me: { quality: answer === null ? null : { level: answer } } } };
  };
  const watch = new QualityWatch({
    graph: { ask: ask as never }, // of one kind of document only
    meetingId: 'm',
    isMeasured: () => state.isMeasured,
    onLevel: (level) => void told.push(level),
  });
  return { watch, told, state };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('it asks at once and every ten seconds; what cannot be asked is not known', async () => {
  const { watch, told } = watching(['GOOD', new Error('no network'), 'POOR', null]);
  watch.start();
  watch.start();
  await jest.advanceTimersByTimeAsync(ANSWER_MS);
  expect(told).toEqual(['GOOD']);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(told).toEqual(['GOOD', null, 'POOR', null]);
  watch.close();
});

test('without a media node nothing is asked, and nothing is known', async () => {
  const { watch, told, state } = watching(['GOOD', 'POOR']);
  watch.start();
  await jest.advanceTimersByTimeAsync(ANSWER_MS);
  state.isMeasured = false;
  await jest.advanceTimersByTimeAsync(10_000);
  expect([told, state.asked]).toEqual([['GOOD', null], 1]);
  watch.close();
});

test('an answer that comes after the end is not told, and nothing is asked any more', async () => {
  const { watch, told, state } = watching(['GOOD']);
  watch.start();
  watch.close();
  await jest.advanceTimersByTimeAsync(60_000);
  expect([told, state.asked]).toEqual([[], 1]);
});
