import { normaliseWithPlaces } from './normalise';

const AROUND = 40;

/** A piece of the original text around the first match, and how many matches there are (not overlapping). */
export function snippetOf(text: string, normalQuery: string): { readonly snippet: string; readonly matches: number } {
  const { normal, places } = normaliseWithPlaces(text);
  const first = normal.indexOf(normalQuery);
  if (first < 0 || normalQuery === '') return { snippet: '', matches: 0 };
  const begin = places[first] ?? 0;
  const end = places[first + normalQuery.length] ?? text.length;
  return { snippet: pieceOf(text, begin, end), matches: normal.split(normalQuery).length - 1 };
}

function pieceOf(text: string, begin: number, end: number): string {
  const from = Math.max(0, begin - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const piece = withoutHalves(text.slice(from, to)).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${piece}${to < text.length ? '…' : ''}`;
}

/** A cut may fall within a surrogate pair; the half that is left would be no character. */
function withoutHalves(piece: string): string {
  return piece.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
