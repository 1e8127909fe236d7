import { keptSummary, keptText } from './kept-summary';

test('keeps to the promised lengths without cutting a character, and the heaviest key words', () => {
  const kept = keptSummary({
    language: 'ja',
    engine: 'test',
    summaries: { short: '𠮷'.repeat(60), medium: 'm'.repeat(201), long: 'l' },
    keywords: Array.from({ length: 20 }, (_term, index) => ({ term: `t${index}`, weight: index / 20 })),
  });
  expect([kept.short, kept.medium.length, kept.long]).toEqual(['𠮷'.repeat(50), 200, 'l']);
  expect(kept.keywords).toHaveLength(12);
  expect(kept.keywords[0]).toEqual({ term: 't19', weight: 0.95 });
});

test('leaves out what PostgreSQL cannot hold', () => {
  expect(keptText('a\0b\ud800')).toBe('ab\ufffd');
});
