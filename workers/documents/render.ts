import sharp, { type Sharp } from 'sharp';

import { type AcceptedType, LIMITS, type PageText } from '@terakoya/common/contracts';
import { SchoolError } from '@terakoya/common/errors';

import { embeddedText } from './embedded-text';
import { type OpenDocument, type Pdfium, withMemory, withPage } from './pdfium';

export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

export interface RenderedPage {
  readonly preview: EncodedImage;
  readonly thumbnail: EncodedImage;
  /** Null when the page carries no text; then `scan` is what is to be read. */
  readonly text: PageText | null;
  readonly scan: EncodedImage | null;
}

const PREVIEW_DPI = 150;
const SCAN_DPI = 220;
/** Longest side in pixels, whatever the page's size. */
const PREVIEW_SIDE = 2_400;
const SCAN_SIDE = 3_600;
const THUMBNAIL_SIDE = 256;

const BGRX = 3;
const WHITE = 0xffffffff;
const FLAG_ANNOTATIONS = 0x01;
const FLAG_RGB_ORDER = 0x10;
const FLAG_LIMITED_IMAGE_CACHE = 0x200;

interface Raster {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Renders a page of an open PDF (number from 1). */
export async function renderPdfPage(document: OpenDocument, number: number): Promise<RenderedPage> {
  const { preview, text, scan } = withPage(document, number - 1, (page) => {
    const found = embeddedText(document.pdfium, page);
    return {
      text: found,
      preview: raster(document.pdfium, page, PREVIEW_DPI, PREVIEW_SIDE),
      scan: found ? null : raster(document.pdfium, page, SCAN_DPI, SCAN_SIDE),
    };
  });
  const [large, small, grey] = await Promise.all([
    encode(fromRaster(preview), 82),
    encode(fromRaster(preview).resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside' }), 75),
    scan ? encode(fromRaster(scan).greyscale(), 92) : null,
  ]);
  return { preview: large, thumbnail: small, text, scan: grey };
}

/** Makes the images of a photo or scan; its orientation (EXIF) is applied. */
export async function renderImage(bytes: Buffer, _contentType: AcceptedType): Promise<RenderedPage> {
  const upright = (): Sharp =>
    sharp(bytes, { limitInputPixels: LIMITS.imagePixels, failOn: 'error' }).rotate().flatten({ background: '#fff' });
  const within = (side: number): Sharp => upright().resize(side, side, { fit: 'inside', withoutEnlargement: true });
  try {
    const [preview, thumbnail, scan] = await Promise.all([
      encode(within(PREVIEW_SIDE), 82),
      encode(within(THUMBNAIL_SIDE), 75),
      encode(within(SCAN_SIDE).greyscale(), 92),
    ]);
    return { preview, thumbnail, text: null, scan };
  } catch (cause) {
    throw new SchoolError('DOCUMENT_CORRUPT', 'The image is damaged and cannot be read.', { cause });
  }
}

function raster(pdfium: Pdfium, page: number, dpi: number, longestSide: number): Raster {
  const [points, other] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
  const scale = Math.min(dpi / 72, longestSide / Math.max(points, other));
  const width = Math.max(1, Math.round(points * scale));
  const height = Math.max(1, Math.round(other * scale));
  const stride = width * 4;
  return withMemory(pdfium, stride * height, (pixels) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, BGRX, pixels, stride);
    if (bitmap === 0) throw new SchoolError('DOCUMENT_TOO_COMPLEX', 'The page needs more memory than a page may take.');
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    const flags = FLAG_ANNOTATIONS | FLAG_RGB_ORDER | FLAG_LIMITED_IMAGE_CACHE;
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    pdfium._FPDFBitmap_Destroy(bitmap);
    return { data: Buffer.from(pdfium.HEAPU8.subarray(pixels, pixels + stride * height)), width, height };
  });
}

function fromRaster({ data, width, height }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
}

async function encode(image: Sharp, quality: number): Promise<EncodedImage> {
  const { data, info } = await image.jpeg({ quality }).toBuffer({ resolveWithObject: true });
  return { bytes: data, contentType: 'image/jpeg', width: info.width, height: info.height };
}
