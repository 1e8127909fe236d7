/** A text as it is searched, and for each of its UTF-16 units the offset in the original it came from. */
export interface NormalisedText {
  readonly text: string;
  readonly offsets: readonly number[];
}

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。「」・]/u;
const SPACE = /^\s+$/u;

/**
 * One form for what looks or means the same: compatibility-composed (NFKC: ｶﾞ = ガ, Ａ = A), lower case, one blank for
 * any white space, and none between Japanese characters, so that a word broken over two lines is one word.
 */
export function normalise(original: string): NormalisedText {
  let text = '';
  const offsets: number[] = [];
  let pendingSpace: number | undefined;
  const append = (piece: string, offset: number): void => {
    text += piece;
    for (let unit = 0; unit < piece.length; unit += 1) offsets.push(offset);
  };
  for (const { segment, index } of graphemes.segment(original)) {
    if (SPACE.test(segment)) {
      pendingSpace ??= index;
      continue;
    }
    const piece = segment.normalize('NFKC').toLowerCase();
    const joins = CJK.test(text.at(-1) ?? '') && CJK.test(piece);
    if (pendingSpace !== undefined && text !== '' && !joins) append(' ', pendingSpace);
    pendingSpace = undefined;
    append(piece, index);
  }
  return { text, offsets };
}

const MOST_GRAMS = 20_000;

/** Every single character and every pair of neighbours: what makes a search exact from one character fast. */
export function gramsOf(normalised: string): string[] {
  const characters = [...normalised];
  const grams = new Set<string>();
  for (const [index, character] of characters.entries()) {
    if (grams.size >= MOST_GRAMS) break;
    grams.add(character);
    const next = characters[index + 1];
    if (next !== undefined) grams.add(character + next);
  }
  return [...grams];
}
