import { containsPattern, gramsOf, normalise, normaliseWithPlaces, queryGramsOf } from './normalise';

test.each([
  ['half-width katakana', 'ｶﾞｸｼｭｳ', 'ガクシュウ'],
  ['decomposed kana', 'か\u3099', 'が'],
  ['full-width Latin', 'Ｐｈｏｔｏ　２', 'photo 2'],
  ['upper case', 'Photosynthesis', 'photosynthesis'],
  ['spaces between Japanese characters', '光 合　成\nと は', '光合成とは'],
  ['spaces where Japanese meets Latin', '第 1 章 DNA とは', '第1章dnaとは'],
  ['line breaks in English', 'light\n  and\twater', 'light and water'],
  ['blanks around', '  光  ', '光'],
  ['ligatures', 'ﬁnal ㍻', 'final平成'],
  ['nothing', ' \n\u3000', ''],
])('%s', (_what, text, normal) => {
  expect(normalise(text)).toBe(normal);
});

test('every unit of the normal form leads back to the character it comes from', () => {
  const text = 'A ﬁn ｶﾞ𠮷';
  const { normal, places } = normaliseWithPlaces(text);
  expect(normal).toBe('a finガ𠮷');
  expect(places).toHaveLength(normal.length);
  expect([...'afガ'].map((character) => text[places[normal.indexOf(character)] ?? -1])).toEqual(['A', 'ﬁ', 'ｶ']);
  expect(text.slice(places[normal.indexOf('𠮷')])).toBe('𠮷');
});

test('grams are single characters and pairs, whole even outside the basic plane', () => {
  expect(gramsOf('光合 a𠮷')).toEqual(['光', '光合', '合', 'a', 'a𠮷', '𠮷']);
  expect(queryGramsOf('光')).toEqual(['光']);
  expect(queryGramsOf('光合成')).toEqual(['光合', '合成']);
  expect(queryGramsOf('a bc')).toEqual(['a', 'bc']);
});

test('every text that contains a query has all the grams of the query', () => {
  const text = normalise('Plants 植物は 50% の光_エネルギーを a b 使う。');
  const grams = new Set(gramsOf(text));
  for (let from = 0; from < text.length; from += 1) {
    for (let to = from + 1; to <= text.length; to += 1) {
      const query = normalise(text.slice(from, to));
      if (text.includes(query)) expect(queryGramsOf(query).filter((gram) => !grams.has(gram))).toEqual([]);
    }
  }
});

test('signs that mean something to LIKE mean themselves', () => {
  expect(containsPattern('5%_\\')).toBe('%5\\%\\_\\\\%');
});
