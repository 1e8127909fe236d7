import type { PageText, Word } from '@terakoya/common/contracts';
import { LIMITS } from '@terakoya/common/contracts';

/** A word as it lies in the database: text, x, y, width, height, confidence. */
export type StoredWord = readonly [string, number, number, number, number, number];

/** Finer than a pixel of any preview. */
const DIGITS = 1e5;

export function packWord({ text, box, confidence }: Word): StoredWord {
  return [storable(text), round(box.x), round(box.y), round(box.width), round(box.height), round(confidence)];
}

export function unpackWord([text, x, y, width, height, confidence]: StoredWord): Word {
  return { text, box: { x, y, width, height }, confidence };
}

/** The text of a page as it can be kept: bounded, and of characters that PostgreSQL can hold. */
export function storableText({ text, words }: PageText): { readonly text: string; readonly words: StoredWord[] } {
  return { text: storable(text.slice(0, LIMITS.pageCharacters)), words: words.map(packWord) };
}

/** PostgreSQL holds neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function round(fraction: number): number {
  return Math.round(fraction * DIGITS) / DIGITS;
}
