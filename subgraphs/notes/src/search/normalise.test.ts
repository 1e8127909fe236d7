import { gramsOf, normalise } from './normalise';

test.each([
  ['ﾃﾞｰﾀ', 'データ'],
  ['ＡＢＣ　１２３', 'abc 123'],
  ['光合\n成 は', '光合成は'],
  ['The  Leaf\nis green', 'the leaf is green'],
  ['水 H2O 分子', '水 h2o 分子'],
  ['', ''],
])('%j is searched as %j', (original, expected) => {
  expect(normalise(original).text).toBe(expected);
});

test('offsets lead back to the original', () => {
  const { text, offsets } = normalise('ｶﾞ　光合\n成');
  expect(text).toBe('ガ光合成');
  expect(offsets).toEqual([0, 3, 4, 6]);
});

test('grams are all characters and neighbours, once', () => {
  expect(gramsOf('光合光')).toEqual(['光', '光合', '合', '合光']);
});
