import { fitSummary, pagesMessage, tidyKeywords } from './summary-prompt';

it('keeps what fits and cuts what does not at the end of a sentence', () => {
  expect(fitSummary(' 短い。 ', 50)).toBe('短い。');
  expect(fitSummary('一つ目の文。二つ目の文はもっと長い。', 10)).toBe('一つ目の文。');
  expect(fitSummary('Pi is 3.14159 here. And more follows.', 25)).toBe('Pi is 3.14159 here.');
});

it('ends with an ellipsis when not one sentence fits, never inside a character', () => {
  expect(fitSummary('👩‍🔬👩‍🔬👩‍🔬👩‍🔬', 3)).toBe('👩‍🔬👩‍🔬…');
});

it('gives long pages the room that short ones leave', () => {
  const message = pagesMessage(
    [
      { number: 1, text: 'ab' },
      { number: 2, text: 'x'.repeat(100) },
      { number: 3, text: 'y'.repeat(100) },
    ],
    42,
  );
  expect(message).toBe(`[page 1]\nab\n\n[page 2]\n${'x'.repeat(20)}\n\n[page 3]\n${'y'.repeat(20)}`);
});

it('names each key word once, heaviest first, at most twelve', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ term: `t${index}`, weight: index / 20 }));
  const tidy = tidyKeywords([...many, { term: ' t19 ', weight: 0.1 }, { term: ' ', weight: 1 }]);
  expect(tidy).toHaveLength(12);
  expect(tidy[0]).toEqual({ term: 't19', weight: 0.95 });
  expect(new Set(tidy.map(({ term }) => term)).size).toBe(12);
});
