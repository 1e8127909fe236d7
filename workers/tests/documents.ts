import { createHash, randomUUID } from 'node:crypto';

import { PDFDocument, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';

import type { AcceptedType, SourceDocument } from '@terakoya/common/contracts';
import type { ObjectStorage } from '@terakoya/common/storage';

export const SENTENCES = [
  'Plants use the energy of light to make food.',
  'Rivers carry water from the mountains to the sea.',
];

/** A born-digital PDF with one sentence on each A4 page. */
export async function textPdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const sentence of SENTENCES) document.addPage([595, 842]).drawText(sentence, { x: 50, y: 700, size: 20, font });
  return Buffer.from(await document.save());
}

/** A PDF whose only page is a picture. */
export async function picturePdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const picture = await document.embedPng(await greyPng());
  document.addPage([595, 842]).drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
  return Buffer.from(await document.save());
}

export function greyPng(): Promise<Buffer> {
  return sharp({ create: { width: 300, height: 400, channels: 3, background: '#bbb' } })
    .png()
    .toBuffer();
}

/** Puts a document into the store as the files subgraph would. */
export async function storeDocument(
  storage: ObjectStorage,
  bytes: Buffer,
  contentType: AcceptedType,
): Promise<SourceDocument> {
  const key = `files/${randomUUID()}`;
  await storage.put(key, bytes, contentType);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileId: randomUUID(), key, contentType, size: bytes.byteLength, sha256 };
}
