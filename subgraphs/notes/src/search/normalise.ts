/**
 * The form of text in which it is searched: compatibility-composed (NFKC: ｶﾞ → ガ, Ａ → a), lower case, white space
 * collapsed, and none beside a Japanese character, where print and OCR put it or not without a meaning. Text and query
 * go through the same function, so what looks the same is the same.
 */
export function normalise(text: string): string {
  return normaliseWithPlaces(text).normal;
}

/** A character with the marks that belong to it; half-width katakana keep their voicing marks as characters. */
const CLUSTER = /[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]*|[\p{M}\uff9e\uff9f]+/gsu;
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\u30fb\u30fc]/u;

interface Normalised {
  readonly normal: string;
  /** For each UTF-16 unit of `normal`, where in the original the character begins that it comes from. */
  readonly places: readonly number[];
}

/** Works character by character, so that a place in the normal form leads back to a place in the original. */
export function normaliseWithPlaces(text: string): Normalised {
  const parts: string[] = [];
  const places: number[] = [];
  let last = '';
  let spaceAt: number | undefined;
  const add = (part: string, place: number): void => {
    parts.push(part);
    for (let unit = 0; unit < part.length; unit += 1) places.push(place);
  };
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const part = cluster.normalize('NFKC').toLowerCase().trim();
    if (part === '') {
      spaceAt ??= index;
      continue;
    }
    const isSpaced = spaceAt !== undefined && last !== '' && !JAPANESE.test(last) && !JAPANESE.test(part);
    if (isSpaced) add(' ', spaceAt ?? index);
    add(part, index);
    last = part;
    spaceAt = undefined;
  }
  return { normal: parts.join(''), places };
}

/** Every single character of a normalised text and every pair of neighbours, each once; none with a space. */
export function gramsOf(normal: string): string[] {
  const characters = [...normal];
  const grams = new Set<string>();
  for (const [index, character] of characters.entries()) {
    if (character === ' ') continue;
    grams.add(character);
    const next = characters[index + 1];
    if (next !== undefined && next !== ' ') grams.add(character + next);
  }
  return [...grams];
}

/** The fewest grams that every text with this query in it must have: its pairs, or a character that stands alone. */
export function queryGramsOf(normal: string): string[] {
  return normal.split(' ').flatMap((word) => {
    const grams = gramsOf(word);
    const pairs = grams.filter((gram) => [...gram].length === 2);
    return pairs.length > 0 ? pairs : grams;
  });
}

/** A LIKE pattern for texts that contain exactly this; `%`, `_` and `\` mean themselves. */
export function containsPattern(normal: string): string {
  return `%${normal.replace(/[\\%_]/g, '\\$&')}%`;
}
