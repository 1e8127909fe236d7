import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import type { AcceptedType } from '@terakoya/common/contracts';
import { threadTask } from '@terakoya/common/pool';

import { type FoundPage, inspectBytes } from './inspect';
import { type OpenDocument, loadPdfium, openDocument } from './pdfium';
import { type RenderedPage, renderImage, renderPdfPage } from './render';

/** A document on this machine's disk; `sha256` names it in the thread's memory. */
export interface LocalDocument {
  readonly path: string;
  readonly sha256: string;
  readonly contentType: AcceptedType;
}

export type DocumentTask =
  | { readonly kind: 'inspect'; readonly document: LocalDocument }
  | { readonly kind: 'render'; readonly document: LocalDocument; readonly number: number };

sharp.concurrency(1); // one task, one core: the pool decides how many run
sharp.cache(false);

/** The document opened last stays open: the pages of one import come one after the other. */
let open: { readonly sha256: string; readonly document: OpenDocument } | undefined;

export const run = threadTask(async (task: DocumentTask): Promise<FoundPage[] | RenderedPage> => {
  const { document } = task;
  if (task.kind === 'inspect') return inspectBytes(await readFile(document.path), document.contentType);
  if (document.contentType !== 'application/pdf')
    return renderImage(await readFile(document.path), document.contentType);
  return renderPdfPage(await openCached(document), task.number);
});

async function openCached({ path, sha256 }: LocalDocument): Promise<OpenDocument> {
  if (open?.sha256 === sha256) return open.document;
  open?.document.close();
  open = undefined;
  const document = openDocument(await loadPdfium(), await readFile(path));
  open = { sha256, document };
  return document;
}
