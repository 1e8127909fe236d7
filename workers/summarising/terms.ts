import type { TextLanguage } from './sentences';

const ENGLISH_STOP_WORDS = new Set(
  (
    'a about above after again all also an and any are as at be because been before being below between both but by can ' +
    'could did do does doing down during each every few for from further had has have having he her here hers him his how ' +
    'i if in into is it its itself just many may me might more most much must my no nor not now of off on once one only or ' +
    'other our out over own same she should so some such than that the their them then there these they this those ' +
    'through to too two under until up upon us use used very was we were what when where which while who whom why will ' +
    'with would you your'
  ).split(' '),
);

/** Japanese words that carry no subject of their own; hiragana-only words are left out besides. */
const JAPANESE_STOP_WORDS = new Set(
  '今日 今回 場合 以上 以下 一つ 二つ 三つ 次 前 後 中 上 下 時 人 方 例 他 何 全て 自分 私 者 等 的 性 化'.split(' '),
);

const KANJI_OR_KATAKANA = /^[\p{Script=Han}\p{Script=Katakana}ー々]+$/u;
const LATIN = /^[A-Za-z][A-Za-z0-9-]+$/;
const NUMBER = /^[\p{N}.,%〜~-]+$/u;

/** The terms of a sentence that can be key words, in order. Neighbouring kanji and katakana words are one compound. */
export function termsOf(sentence: string, language: TextLanguage): string[] {
  return language === 'ja' ? japaneseTerms(sentence) : englishTerms(sentence);
}

function englishTerms(sentence: string): string[] {
  return wordsOf(sentence, 'en')
    .map((word) => word.toLowerCase())
    .filter(isEnglishTerm);
}

function isEnglishTerm(word: string): boolean {
  return word.length > 2 && !ENGLISH_STOP_WORDS.has(word.toLowerCase()) && !NUMBER.test(word);
}

function japaneseTerms(sentence: string): string[] {
  const terms: string[] = [];
  let compound = '';
  const flush = (): void => {
    if ([...compound].length > 1 && !JAPANESE_STOP_WORDS.has(compound)) terms.push(compound);
    compound = '';
  };
  for (const { segment, isWordLike } of segmentsOf(sentence, 'ja')) {
    if (isWordLike && KANJI_OR_KATAKANA.test(segment)) {
      compound += segment;
      continue;
    }
    flush();
    if (isWordLike && LATIN.test(segment) && isEnglishTerm(segment)) terms.push(segment.toLowerCase());
  }
  flush();
  return terms;
}

function wordsOf(text: string, language: TextLanguage): string[] {
  return segmentsOf(text, language).flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}

function segmentsOf(text: string, language: TextLanguage): Intl.SegmentData[] {
  return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)];
}
