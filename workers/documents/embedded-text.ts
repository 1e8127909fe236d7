import { type Box, LIMITS, type PageText, type Word } from '@terakoya/common/contracts';

import { isJapanese, joinJapanese } from './japanese';
import { type Pdfium, readDouble, readInt, withMemory } from './pdfium';

interface Character {
  readonly text: string;
  readonly box: Box | null;
}

/** A device so large that its whole pixels are precise enough as fractions. */
const DEVICE = 1_000_000;
/** When more of the text than this cannot be meant, the page is read from its image instead. */
const MOST_GARBAGE = 0.2;

const words = new Intl.Segmenter('ja', { granularity: 'word' });

/** The text that the page itself carries, or null when it has none worth having. `page` is a page handle. */
export function embeddedText(pdfium: Pdfium, page: number): PageText | null {
  const lines = linesOf(charactersOf(pdfium, page));
  const text = lines
    .map((line) =>
      joinJapanese(
        line
          .map((character) => character.text)
          .join('')
          .trim(),
      ),
    )
    .join('\n')
    .trim();
  if (text === '' || garbageShare(text) > MOST_GARBAGE) return null;
  return {
    text: text.slice(0, LIMITS.pageCharacters).toWellFormed(),
    words: lines.flatMap(wordsOf),
    engine: 'embedded',
  };
}

function charactersOf(pdfium: Pdfium, page: number): Character[] {
  const handle = pdfium._FPDFText_LoadPage(page);
  if (handle === 0) return [];
  try {
    return withMemory(pdfium, 4 * 8 + 2 * 4, (memory) => {
      const count = Math.min(pdfium._FPDFText_CountChars(handle), LIMITS.pageCharacters);
      return Array.from({ length: count }, (_, index) => ({
        text: String.fromCodePoint(pdfium._FPDFText_GetUnicode(handle, index) & 0x1fffff),
        box: boxOf(pdfium, page, handle, index, memory),
      }));
    });
  } finally {
    pdfium._FPDFText_ClosePage(handle);
  }
}

/** The character's box as fractions of the page as it is shown, its rotation included. */
function boxOf(pdfium: Pdfium, page: number, text: number, index: number, memory: number): Box | null {
  const [left, right, bottom, top] = [memory, memory + 8, memory + 16, memory + 24];
  if (!pdfium._FPDFText_GetCharBox(text, index, left, right, bottom, top)) return null;
  const device = memory + 32;
  const toDevice = (x: number, y: number): [number, number] => {
    pdfium._FPDF_PageToDevice(page, 0, 0, DEVICE, DEVICE, 0, x, y, device, device + 4);
    return [readInt(pdfium, device) / DEVICE, readInt(pdfium, device + 4) / DEVICE];
  };
  const [x1, y1] = toDevice(readDouble(pdfium, left), readDouble(pdfium, top));
  const [x2, y2] = toDevice(readDouble(pdfium, right), readDouble(pdfium, bottom));
  return boxBetween(x1, y1, x2, y2);
}

function boxBetween(x1: number, y1: number, x2: number, y2: number): Box {
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const [left, right] = [clamp(Math.min(x1, x2)), clamp(Math.max(x1, x2))];
  const [top, bottom] = [clamp(Math.min(y1, y2)), clamp(Math.max(y1, y2))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** PDFium puts line ends between lines itself. */
function linesOf(characters: readonly Character[]): Character[][] {
  const lines: Character[][] = [[]];
  for (const character of characters) {
    if (character.text === '\n') lines.push([]);
    else if (character.text !== '\r' && character.text !== '\0') lines.at(-1)?.push(character);
  }
  return lines.filter((line) => line.some(({ text }) => text.trim() !== ''));
}

/** Words by white space, and within Japanese text by the dictionary of Intl.Segmenter. */
function wordsOf(line: readonly Character[]): Word[] {
  const found: Word[] = [];
  const kept = line.filter(({ text }, index) => !isSpuriousBlank(line, index, text));
  const text = kept.map((character) => character.text).join('');
  const starts: number[] = [];
  for (const [index, character] of kept.entries())
    for (let unit = 0; unit < character.text.length; unit += 1) starts.push(index);
  for (const { segment, index } of words.segment(text)) {
    if (segment.trim() === '') continue;
    const first = starts[index] ?? 0;
    const last = starts[index + segment.length - 1] ?? first;
    const box = union(kept.slice(first, last + 1).flatMap((character) => character.box ?? []));
    if (box) found.push({ text: segment, box, confidence: 1 });
  }
  return found;
}

function isSpuriousBlank(line: readonly Character[], index: number, text: string): boolean {
  return text === ' ' && isJapanese(line[index - 1]?.text ?? '') && isJapanese(line[index + 1]?.text ?? '');
}

function union(boxes: readonly Box[]): Box | null {
  const [first] = boxes;
  if (!first) return null;
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The share of characters that stand for nothing: fonts without a map to Unicode give control and private-use ones. */
function garbageShare(text: string): number {
  const characters = [...text];
  const garbage = characters.filter((character) => /[\p{Co}\p{Cn}\uFFFD]|(?![\n\t])\p{Cc}/u.test(character));
  return garbage.length / characters.length;
}
