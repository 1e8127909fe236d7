import type { AcceptedType, PageText } from '@terakoya/common/contracts';
import type { TaskRun } from '@terakoya/common/queue';

/** A document as a thread gets it: a file on this machine, and the hash that names it in the thread's memory. */
export interface LocalDocument {
  readonly path: string;
  readonly sha256: string;
  readonly contentType: AcceptedType;
}

export interface DocumentPage {
  readonly number: number;
  /** In points (1/72 inch). */
  readonly width: number;
  readonly height: number;
}

/** An encoded image; width and height in pixels. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

export interface RenderedPage {
  readonly preview: EncodedImage;
  readonly thumbnail: EncodedImage;
  /** The text the document itself carries, or null; then `scan` is what has to be read. */
  readonly text: PageText | null;
  readonly scan: EncodedImage | null;
}

/** The CPU work on documents, done in threads. Documents that cannot be used are SchoolErrors of their own code. */
export interface DocumentThreads {
  inspect(document: LocalDocument, run: TaskRun): Promise<readonly DocumentPage[]>;
  render(document: LocalDocument, pageNumber: number, run: TaskRun): Promise<RenderedPage>;
}
