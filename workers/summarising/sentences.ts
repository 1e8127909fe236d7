/** The languages of school texts here; decided by the share of Japanese characters. */
export type TextLanguage = 'ja' | 'en';

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const LETTER = /\p{L}/gu;

/** Japanese when at least a fifth of the letters is. */
export function languageOf(text: string): TextLanguage {
  const letters = text.match(LETTER)?.length ?? 0;
  const japanese = text.match(JAPANESE)?.length ?? 0;
  return letters > 0 && japanese / letters >= 0.2 ? 'ja' : 'en';
}

/**
 * The sentences of a text. Lines that a paragraph was broken into are joined first; a line that ends without a mark and
 * is much shorter than its neighbours is a heading and stands for itself.
 */
export function sentencesOf(text: string, language: TextLanguage): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return paragraphsOf(text, language).flatMap((paragraph) =>
    [...segmenter.segment(paragraph)].map(({ segment }) => segment.trim()).filter((sentence) => sentence !== ''),
  );
}

const SENTENCE_END = /[。！？.!?」』)]\s*$/;

function paragraphsOf(text: string, language: TextLanguage): string[] {
  const glue = language === 'ja' ? '' : ' ';
  const paragraphs: string[] = [];
  let current = '';
  const lines = text.split('\n').map((line) => line.trim());
  const longest = Math.max(...lines.map((line) => line.length));
  for (const line of lines) {
    const isShort = line.length < longest * 0.6;
    current = current === '' ? line : `${current}${glue}${line}`;
    if (line === '' || SENTENCE_END.test(line) || isShort) {
      if (current !== '') paragraphs.push(current);
      current = '';
    }
  }
  return current === '' ? paragraphs : [...paragraphs, current];
}
