import { LIMITS } from '@terakoya/common/contracts';

import { packWord, storableText, unpackWord } from './stored-words';

const word = { text: '光', box: { x: 0.1, y: 0.25, width: 1 / 3, height: 0.02 }, confidence: 0.98 };

test('a word comes back as it was, to five digits', () => {
  expect(unpackWord(packWord(word))).toEqual({ ...word, box: { ...word.box, width: 0.33333 } });
});

test('what PostgreSQL cannot hold is left out, and a text is bounded', () => {
  const { text, words } = storableText({
    text: `a\0b\ud800c${'x'.repeat(LIMITS.pageCharacters)}`,
    words: [{ ...word, text: '\0光\udc00' }],
    engine: 'test',
  });
  expect(text.slice(0, 4)).toBe('ab\ufffdc');
  expect(text.length).toBeLessThanOrEqual(LIMITS.pageCharacters);
  expect(words[0]?.[0]).toBe('光\ufffd');
});
