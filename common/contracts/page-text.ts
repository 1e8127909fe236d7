import { z } from 'zod';

const fraction = z.number().min(0).max(1);

/** A rectangle on a page in fractions of the page's width and height; origin top left. */
export const boxSchema = z.object({ x: fraction, y: fraction, width: fraction, height: fraction });
export type Box = z.output<typeof boxSchema>;

/** One word as read; confidence 0..1, where 1 is text that the document itself carries. */
export const wordSchema = z.object({ text: z.string(), box: boxSchema, confidence: fraction });
export type Word = z.output<typeof wordSchema>;

/** The text of one page in reading order with line breaks, its words, and what read it (`embedded`, `tesseract`, …). */
export const pageTextSchema = z.object({ text: z.string(), words: z.array(wordSchema), engine: z.string() });
export type PageText = z.output<typeof pageTextSchema>;
