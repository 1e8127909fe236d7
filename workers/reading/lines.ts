import type { Word } from '@terakoya/common/contracts';

import { isJapanese } from '../documents/japanese';

/** A word of Tesseract's TSV; the box in pixels. */
interface RawWord {
  readonly block: string;
  readonly line: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly text: string;
}

const WORD_LEVEL = '5';

/** Tesseract's TSV (level, page, block, paragraph, line, word, left, top, width, height, confidence, text) as words. */
function wordsOf(tsv: string): RawWord[] {
  return tsv.split('\n').flatMap((row) => {
    const [level, , block = '', paragraph = '', line = '', , left, top, width, height, confidence, ...text] =
      row.split('\t');
    const word = text.join('\t').trim();
    if (level !== WORD_LEVEL || word === '') return [];
    const [x, y, w, h] = [left, top, width, height].map(Number);
    const place = { left: x ?? 0, top: y ?? 0, width: w ?? 0, height: h ?? 0 };
    return [
      {
        ...place,
        block,
        line: `${block}.${paragraph}.${line}`,
        confidence: Math.max(0, Number(confidence)) / 100,
        text: word,
      },
    ];
  });
}

/** Text in reading order and words with boxes as fractions of the image. */
export function readLines(tsv: string, image: { width: number; height: number }): { text: string; words: Word[] } {
  const raw = wordsOf(tsv);
  const lines = [...Map.groupBy(raw, (word) => word.line).values()];
  const words = raw.map(({ text, confidence, left, top, width, height }) => ({
    text,
    confidence: Math.min(1, confidence),
    box: {
      x: fraction(left, image.width),
      y: fraction(top, image.height),
      width: fraction(width, image.width),
      height: fraction(height, image.height),
    },
  }));
  return { text: lines.map(joinLine).join('\n'), words };
}

/** How wide a gap must be, in heights of the line, to be a blank where Japanese meets another script. */
const BLANK_WIDTH = 0.3;

/** Tesseract calls almost every Japanese character a word: a blank is kept only where one is printed. */
function joinLine(line: readonly RawWord[]): string {
  return line.reduce((text, word, index) => {
    const before = line[index - 1];
    return before && isBlankBetween(before, word) ? `${text} ${word.text}` : text + word.text;
  }, '');
}

function isBlankBetween(before: RawWord, after: RawWord): boolean {
  const last = before.text.at(-1) ?? '';
  const first = after.text.at(0) ?? '';
  if (isJapanese(last) && isJapanese(first)) return false;
  if (!isJapanese(last) && !isJapanese(first)) return true;
  return after.left - (before.left + before.width) > BLANK_WIDTH * Math.max(before.height, after.height);
}

function fraction(pixels: number, whole: number): number {
  return Math.min(1, Math.max(0, pixels / whole));
}
