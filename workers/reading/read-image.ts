import sharp, { type Sharp } from 'sharp';

import { LIMITS, type PageText, type Word } from '@terakoya/common/contracts';

import { readLines } from './lines';
import { type Language, Tesseract } from './tesseract';

/** One uniform block of text; and the automatic layout analysis, for pages that are no such block. */
const SINGLE_BLOCK = 6;
const AUTOMATIC = 3;
/** At this mean confidence of a character the first reading is taken without trying another. */
const SURE = 0.75;
/** A confidence that says nothing either way. */
const GUESS = 0.5;
const MIDDLE_GREY = 150;
/** The memory of WebAssembly only grows: after so many pages a fresh engine takes over. */
const PAGES_PER_ENGINE = 50;

let engine: { readonly tesseract: Promise<Tesseract>; readonly languages: string; pages: number } | undefined;

/**
 * Reads the text of an image: first as one block of text; when that is not convincing, in black and white (noise of the
 * paper gone), and then by the layout analysis. The most convincing reading is returned.
 */
export async function readImage(bytes: Uint8Array, languages: readonly Language[]): Promise<PageText> {
  const tesseract = await engineFor(languages);
  const attempts = [
    { image: () => prepare(bytes, (grey) => grey), mode: SINGLE_BLOCK },
    { image: () => prepare(bytes, (grey) => grey.normalise().threshold(MIDDLE_GREY)), mode: SINGLE_BLOCK },
    { image: () => prepare(bytes, (grey) => grey), mode: AUTOMATIC },
  ];
  let best: Reading = { text: '', words: [], evidence: 0, mean: 0 };
  for (const { image, mode } of attempts) {
    const prepared = await image();
    const reading = weigh(readLines(tesseract.read(prepared.bytes, mode), prepared));
    if (reading.evidence > best.evidence) best = reading;
    if (best.mean >= SURE) break;
  }
  return { text: best.text.slice(0, LIMITS.pageCharacters).toWellFormed(), words: best.words, engine: 'tesseract' };
}

interface Reading {
  readonly text: string;
  readonly words: Word[];
  /** How far the characters are surer than a guess, summed: much that is sure counts, much that is doubtful does not. */
  readonly evidence: number;
  readonly mean: number;
}

function weigh({ text, words }: { text: string; words: Word[] }): Reading {
  const characters = words.reduce((sum, word) => sum + word.text.length, 0);
  const evidence = words.reduce((sum, word) => sum + word.text.length * (word.confidence - GUESS), 0);
  return { text, words, evidence, mean: characters === 0 ? 0 : evidence / characters + GUESS };
}

async function prepare(
  bytes: Uint8Array,
  change: (grey: Sharp) => Sharp,
): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const grey = sharp(bytes, { limitInputPixels: LIMITS.imagePixels }).greyscale();
  const { data, info } = await change(grey).png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

function engineFor(languages: readonly Language[]): Promise<Tesseract> {
  const wanted = languages.join('+');
  if (!engine || engine.languages !== wanted || engine.pages >= PAGES_PER_ENGINE) {
    engine = { tesseract: Tesseract.create(languages), languages: wanted, pages: 0 };
  }
  engine.pages += 1;
  return engine.tesseract;
}
