import sharp from 'sharp';

import { LIMITS, type PageText, type Word } from '@terakoya/common/contracts';

import { readLines } from './lines';
import { type Language, Tesseract } from './tesseract';

/** One uniform block of text; and the automatic layout analysis, for pages that are no such block. */
const SINGLE_BLOCK = 6;
const AUTOMATIC = 3;
/** At this mean confidence of a character the first reading is taken without trying another. */
const SURE = 0.75;
/** The memory of WebAssembly only grows: after so many pages a fresh engine takes over. */
const PAGES_PER_ENGINE = 50;

let engine: { readonly tesseract: Promise<Tesseract>; readonly languages: string; pages: number } | undefined;

/** Reads the text of an image. Tries one block of text first, and the layout analysis when that is not convincing. */
export async function readImage(bytes: Uint8Array, languages: readonly Language[]): Promise<PageText> {
  const image = await prepare(bytes);
  const tesseract = await engineFor(languages);
  const readAs = (mode: number): Reading => weigh(readLines(tesseract.read(image.bytes, mode), image));
  const asBlock = readAs(SINGLE_BLOCK);
  const best = asBlock.mean >= SURE ? asBlock : moreEvident(asBlock, readAs(AUTOMATIC));
  return { text: best.text.slice(0, LIMITS.pageCharacters).toWellFormed(), words: best.words, engine: 'tesseract' };
}

interface Reading {
  readonly text: string;
  readonly words: Word[];
  /** Confidence summed over all characters: a reading that finds little is not better for being sure of it. */
  readonly evidence: number;
  readonly mean: number;
}

function weigh({ text, words }: { text: string; words: Word[] }): Reading {
  const characters = words.reduce((sum, word) => sum + word.text.length, 0);
  const evidence = words.reduce((sum, word) => sum + word.text.length * word.confidence, 0);
  return { text, words, evidence, mean: characters === 0 ? 0 : evidence / characters };
}

function moreEvident(a: Reading, b: Reading): Reading {
  return b.evidence > a.evidence ? b : a;
}

/** Grey, with contrast stretched to the full range: what the binarisation of Tesseract expects. */
async function prepare(bytes: Uint8Array): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(bytes, { limitInputPixels: LIMITS.imagePixels })
    .greyscale()
    .normalise()
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
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
