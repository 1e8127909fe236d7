import { PDFiumLibrary } from '@hyzyla/pdfium';

import { SchoolError } from '@terakoya/common/errors';

/** The functions of PDFium that we call (fpdfview.h, fpdf_text.h); pointers and handles are numbers. */
interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(pointer: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_GetPageSizeByIndex(document: number, index: number, width: number, height: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidth(page: number): number;
  _FPDF_GetPageHeight(page: number): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, pointer: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
  _FPDF_PageToDevice(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: number,
    deviceY: number,
  ): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
}

export type { Pdfium };

let loading: Promise<Pdfium> | undefined;

/** PDFium compiled to WebAssembly, loaded once per thread. */
export function loadPdfium(): Promise<Pdfium> {
  // The package keeps the module private but documents nothing else to reach text boxes with.
  loading ??= PDFiumLibrary.init().then((library) => (library as unknown as { module: Pdfium }).module);
  return loading;
}

const ERROR_PASSWORD = 4;

/** A document in PDFium's memory; `close` frees it. */
export interface OpenDocument {
  readonly pdfium: Pdfium;
  readonly handle: number;
  close(): void;
}

/** DOCUMENT_ENCRYPTED when it wants a password, DOCUMENT_CORRUPT when it cannot be read. */
export function openDocument(pdfium: Pdfium, bytes: Uint8Array): OpenDocument {
  const pointer = pdfium.wasmExports.malloc(bytes.byteLength);
  pdfium.HEAPU8.set(bytes, pointer);
  const handle = pdfium._FPDF_LoadMemDocument(pointer, bytes.byteLength, 0);
  if (handle === 0) {
    const isEncrypted = pdfium._FPDF_GetLastError() === ERROR_PASSWORD;
    pdfium.wasmExports.free(pointer);
    throw isEncrypted
      ? new SchoolError(
          'DOCUMENT_ENCRYPTED',
          'The PDF is protected by a password: save it without one and import it again.',
        )
      : new SchoolError('DOCUMENT_CORRUPT', 'The PDF is damaged and cannot be read.');
  }
  return {
    pdfium,
    handle,
    close() {
      pdfium._FPDF_CloseDocument(handle);
      pdfium.wasmExports.free(pointer);
    },
  };
}

/** Runs `work` with some bytes of PDFium's memory, to receive results by pointer. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, work: (pointer: number) => T): T {
  const pointer = pdfium.wasmExports.malloc(bytes);
  if (pointer === 0) throw new SchoolError('DOCUMENT_TOO_COMPLEX', 'The page needs more memory than a page may take.');
  try {
    return work(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
}

/** Runs `work` with a page loaded (index from 0); DOCUMENT_CORRUPT when it cannot be. */
export function withPage<T>({ pdfium, handle }: OpenDocument, index: number, work: (page: number) => T): T {
  const page = pdfium._FPDF_LoadPage(handle, index);
  if (page === 0)
    throw new SchoolError('DOCUMENT_CORRUPT', `Page ${index + 1} of the PDF is damaged and cannot be read.`);
  try {
    return work(page);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
}

export function readDouble(pdfium: Pdfium, pointer: number): number {
  return new DataView(pdfium.HEAPU8.buffer).getFloat64(pointer, true);
}

export function readInt(pdfium: Pdfium, pointer: number): number {
  return new DataView(pdfium.HEAPU8.buffer).getInt32(pointer, true);
}
