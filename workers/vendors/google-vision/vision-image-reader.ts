import { ImageAnnotatorClient, type protos } from '@google-cloud/vision';

import type { Word } from '@terakoya/common/contracts';
import { RateLimitedError, SchoolError, UnavailableError } from '@terakoya/common/errors';

import { type Budget, NotCharged } from '../../ai-proxy/budget/budget';
import type { ImageReader } from '../image-reader';

/** 1.50 US dollars per 1,000 images (cloud.google.com/vision/pricing, document text detection, read 2025-11). */
const MICRO_USD_PER_IMAGE = 1_500;
const TIMEOUT_MS = 30_000;

const STATUS = { RESOURCE_EXHAUSTED: 8, DEADLINE_EXCEEDED: 4, UNAVAILABLE: 14, INTERNAL: 13 } as const;

export interface VisionOptions {
  /** Path of a service account's key file. */
  readonly credentials: string;
  /** Another endpoint that speaks the API. */
  readonly baseUrl?: string;
  readonly budget: Budget;
}

/** Reads images by Google Vision (document text detection), each call paid from the budget. */
export function createVisionImageReader({
  credentials,
  baseUrl,
  budget,
}: VisionOptions): ImageReader & { close(): Promise<void> } {
  const client = new ImageAnnotatorClient({ keyFilename: credentials, fallback: true, ...endpoint(baseUrl) });
  return {
    read: (image) =>
      budget.spend(
        { vendor: 'google-vision', model: 'document-text', worstCaseMicroUsd: MICRO_USD_PER_IMAGE },
        async () => {
          const request = { image: { content: image.bytes }, features: [{ type: 'DOCUMENT_TEXT_DETECTION' as const }] };
          const [response] = await client
            .batchAnnotateImages({ requests: [request] }, { timeout: TIMEOUT_MS, maxRetries: 0 })
            .catch((error: unknown) => notCharged(error));
          const [answer] = response.responses ?? [];
          if (answer?.error?.message) throw new UnavailableError('Google Vision could not read the image.');
          return { value: present(answer?.fullTextAnnotation, image), costMicroUsd: MICRO_USD_PER_IMAGE };
        },
      ),
    close: () => client.close(),
  };
}

function endpoint(baseUrl: string | undefined): { apiEndpoint?: string; port?: number; protocol?: string } {
  if (baseUrl === undefined) return {};
  const { hostname, port, protocol } = new URL(baseUrl);
  return { apiEndpoint: hostname, port: Number(port || 443), protocol: protocol.replace(':', '') };
}

type Annotation = protos.google.cloud.vision.v1.ITextAnnotation;
type VisionWord = protos.google.cloud.vision.v1.IWord;

function present(annotation: Annotation | null | undefined, image: { width: number; height: number }) {
  const words = (annotation?.pages ?? [])
    .flatMap((page) => page.blocks ?? [])
    .flatMap((block) => block.paragraphs ?? [])
    .flatMap((paragraph) => paragraph.words ?? [])
    .map((word) => presentWord(word, image));
  return { text: (annotation?.text ?? '').trim(), words, engine: 'google-vision' };
}

function presentWord(word: VisionWord, { width, height }: { width: number; height: number }): Word {
  const vertices = word.boundingBox?.vertices ?? [];
  const xs = vertices.map(({ x }) => clamp((x ?? 0) / width));
  const ys = vertices.map(({ y }) => clamp((y ?? 0) / height));
  const [left, top] = [Math.min(...xs, 1), Math.min(...ys, 1)];
  return {
    text: (word.symbols ?? []).map((symbol) => symbol.text ?? '').join(''),
    confidence: clamp(word.confidence ?? 0),
    box: { x: left, y: top, width: Math.max(0, ...xs) - left, height: Math.max(0, ...ys) - top },
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** A refusal or a broken connection costs nothing. */
function notCharged(error: unknown): never {
  const code = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN;
  if (code === STATUS.RESOURCE_EXHAUSTED || code === 429) throw new NotCharged(new RateLimitedError(5));
  const isTransient =
    Number.isNaN(code) ||
    code >= 500 ||
    [STATUS.DEADLINE_EXCEEDED, STATUS.UNAVAILABLE, STATUS.INTERNAL].some((one) => one === code);
  throw new NotCharged(
    isTransient
      ? new UnavailableError('Google Vision cannot be reached.', error)
      : new SchoolError('BAD_USER_INPUT', `Google Vision refused the request with status ${code}.`),
  );
}
