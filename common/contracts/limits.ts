/** Limits that more than one service keeps. */
export const LIMITS = {
  /** Largest document that can be uploaded, in bytes (20 MB). */
  documentBytes: 20 * 1024 * 1024,
  /** Most pages of one document. */
  documentPages: 2_000,
  /** Most pixels an image may decode to. */
  imagePixels: 100_000_000,
  /** Longest side of a PDF page in points (the PDF specification's own limit, ISO 32000-1 Annex C). */
  pagePoints: 14_400,
  /** Most characters of text kept of one page. */
  pageCharacters: 200_000,
  /** Most strokes that are drawn on a whiteboard at once. */
  strokesAtOnce: 20,
  /** Characters of one signal of a direct call: a session description with three video layers has some 8,000. */
  signal: 32_768,
} as const;
