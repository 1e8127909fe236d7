import sharp from 'sharp';

import { type AcceptedType, LIMITS } from '@terakoya/common/contracts';
import { SchoolError } from '@terakoya/common/errors';

import { type OpenDocument, loadPdfium, openDocument, readDouble, withMemory } from './pdfium';

export interface FoundPage {
  /** From 1. */
  readonly number: number;
  /** Points (1/72 inch). */
  readonly width: number;
  readonly height: number;
}

/** Dots per inch of an image that does not say. */
const ASSUMED_DPI = 150;

/** The pages of a document that can be imported; a SchoolError that says why it cannot. */
export async function inspectBytes(bytes: Buffer, contentType: AcceptedType): Promise<FoundPage[]> {
  if (bytes.byteLength === 0) throw new SchoolError('DOCUMENT_EMPTY', 'The document has no bytes.');
  if (bytes.byteLength > LIMITS.documentBytes)
    throw new SchoolError('DOCUMENT_TOO_LARGE', 'The document is larger than 20 MB.');
  return contentType === 'application/pdf' ? inspectPdf(bytes) : inspectImage(bytes, contentType);
}

async function inspectPdf(bytes: Buffer): Promise<FoundPage[]> {
  if (!bytes.subarray(0, 1024).includes('%PDF-')) throw mismatch('application/pdf');
  const document = openDocument(await loadPdfium(), bytes);
  try {
    const count = document.pdfium._FPDF_GetPageCount(document.handle);
    if (count === 0) throw new SchoolError('DOCUMENT_CORRUPT', 'The PDF has no page.');
    if (count > LIMITS.documentPages) {
      throw new SchoolError(
        'DOCUMENT_TOO_MANY_PAGES',
        `The PDF has ${count} pages; at most ${LIMITS.documentPages} can be imported.`,
      );
    }
    return Array.from({ length: count }, (_, index) => sizeOf(document, index));
  } finally {
    document.close();
  }
}

function sizeOf({ pdfium, handle }: OpenDocument, index: number): FoundPage {
  const { width, height } = withMemory(pdfium, 16, (memory) => {
    const isKnown = pdfium._FPDF_GetPageSizeByIndex(handle, index, memory, memory + 8);
    if (!isKnown)
      throw new SchoolError('DOCUMENT_CORRUPT', `Page ${index + 1} of the PDF is damaged and cannot be read.`);
    return { width: readDouble(pdfium, memory), height: readDouble(pdfium, memory + 8) };
  });
  const isSane = width > 0 && height > 0 && Math.max(width, height) <= LIMITS.pagePoints;
  if (!isSane) {
    throw new SchoolError(
      'DOCUMENT_TOO_COMPLEX',
      `Page ${index + 1} measures ${Math.round(width)} × ${Math.round(height)} points; a side may have at most ${LIMITS.pagePoints}.`,
    );
  }
  return { number: index + 1, width, height };
}

async function inspectImage(bytes: Buffer, contentType: AcceptedType): Promise<FoundPage[]> {
  const found = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  const format = contentType === 'image/png' ? 'png' : 'jpeg';
  const looksRight = format === 'png' ? bytes.readUInt32BE(0) === 0x89504e47 : bytes.readUInt16BE(0) === 0xffd8;
  if (!looksRight) throw mismatch(contentType);
  if (!found) throw new SchoolError('DOCUMENT_CORRUPT', 'The image is damaged and cannot be read.');
  if (found.format !== format) throw mismatch(contentType);
  const { width, height, density = ASSUMED_DPI, orientation = 1 } = found;
  if (width * height > LIMITS.imagePixels) {
    throw new SchoolError(
      'DOCUMENT_TOO_COMPLEX',
      `The image has ${width} × ${height} pixels; at most ${LIMITS.imagePixels} can be read.`,
    );
  }
  const points = (pixels: number): number => (pixels / Math.max(density, 72)) * 72;
  const isTurned = orientation >= 5;
  return [{ number: 1, width: points(isTurned ? height : width), height: points(isTurned ? width : height) }];
}

function mismatch(contentType: string): SchoolError {
  return new SchoolError(
    'DOCUMENT_TYPE_MISMATCH',
    `The bytes are not of the type ${contentType} that the document claims to be.`,
  );
}
