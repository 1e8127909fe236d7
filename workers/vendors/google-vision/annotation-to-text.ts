import { z } from 'zod';

import { LIMITS, type PageText, type Word } from '@terakoya/common/contracts';

/** The vendor leaves out what is zero. */
const pixel = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
const vertexSchema = z.object({ x: pixel, y: pixel });
const wordSchema = z.object({
  symbols: z.array(z.object({ text: z.string().nullish() })).nullish(),
  confidence: z.number().nullish(),
  boundingBox: z.object({ vertices: z.array(vertexSchema).nullish() }).nullish(),
});
const pageSchema = z.object({
  width: pixel,
  height: pixel,
  blocks: z
    .array(z.object({ paragraphs: z.array(z.object({ words: z.array(wordSchema).nullish() })).nullish() }))
    .nullish(),
});

/** What we use of a full text annotation (google.cloud.vision.v1.TextAnnotation), parsed from the vendor's answer. */
export const annotationSchema = z.object({ text: z.string().nullish(), pages: z.array(pageSchema).nullish() });

type Annotation = z.output<typeof annotationSchema>;
type AnnotatedPage = z.output<typeof pageSchema>;
type AnnotatedWord = z.output<typeof wordSchema>;

export const VISION_ENGINE = 'google-vision';

/** An annotation as the text of a page: boxes as fractions of the image, confidence kept for every word. */
export function annotationToText(annotation: Annotation | null | undefined): PageText {
  const words = (annotation?.pages ?? []).flatMap(wordsOf);
  const text = (annotation?.text ?? '').trimEnd().slice(0, LIMITS.pageCharacters).toWellFormed();
  return { text, words, engine: VISION_ENGINE };
}

function wordsOf(page: AnnotatedPage): Word[] {
  const words = (page.blocks ?? []).flatMap(({ paragraphs }) => (paragraphs ?? []).flatMap(({ words }) => words ?? []));
  return words.flatMap((word) => {
    const text = (word.symbols ?? []).map((symbol) => symbol.text ?? '').join('');
    return text === '' ? [] : [{ text, box: boxOf(word, page), confidence: fraction(word.confidence ?? 0, 1) }];
  });
}

/** The upright rectangle around a word, which may stand askew. */
function boxOf(word: AnnotatedWord, { width, height }: AnnotatedPage): Word['box'] {
  const vertices = word.boundingBox?.vertices ?? [];
  if (vertices.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const xs = vertices.map(({ x }) => fraction(x, width));
  const ys = vertices.map(({ y }) => fraction(y, height));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function fraction(value: number, whole: number): number {
  return whole > 0 ? Math.min(Math.max(value / whole, 0), 1) : 0;
}
