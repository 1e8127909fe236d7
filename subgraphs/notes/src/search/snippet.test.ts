import { normalise } from './normalise';
import { snippetOf } from './snippet';

const find = (text: string, query: string) => snippetOf(text, normalise(query));

test('shows the original text, not the form it is searched in', () => {
  expect(find('The PHOTO\nSynthesis of plants', 'photo synthesis')).toEqual({
    snippet: 'The PHOTO Synthesis of plants',
    matches: 1,
  });
  expect(find('植物の光 合 成とｶﾞｽ', '光合成').snippet).toBe('植物の光 合 成とｶﾞｽ');
});

test('cuts 40 characters on both sides and says so', () => {
  const { snippet } = find(`${'あ'.repeat(100)}光${'い'.repeat(100)}`, '光');
  expect(snippet).toBe(`…${'あ'.repeat(40)}光${'い'.repeat(40)}…`);
});

test('leaves no half of a surrogate pair', () => {
  const { snippet } = find(`${'𠮷'.repeat(30)}x光${'𠮷'.repeat(30)}`, '光');
  expect(snippet.isWellFormed()).toBe(true);
});

test('counts matches that do not overlap; none is none', () => {
  expect(find('aaaa 光光光', 'aa').matches).toBe(2);
  expect(find('光合成、光合成', '光').matches).toBe(2);
  expect(find('光', '影')).toEqual({ snippet: '', matches: 0 });
});
