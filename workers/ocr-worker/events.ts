import type { PageText } from '@terakoya/common/contracts';
import type { Logger } from '@terakoya/common/logging';
import { counter, histogram } from '@terakoya/common/telemetry';

export type OcrWorkerEvents = ReturnType<typeof createOcrWorkerEvents>;

const CONFIDENCE_BUCKETS = [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

/** The business events of ocr-worker: counts, and log lines with ids and figures, never what was read. */
export function createOcrWorkerEvents(logger: Logger) {
  const read = counter('terakoya_pages_read_total', 'Pages read, by engine.', ['engine']);
  const fellBack = counter('terakoya_ocr_fallbacks_total', 'Pages read locally instead of by a vendor.', ['reason']);
  const confidence = histogram(
    'terakoya_page_confidence_ratio',
    'Mean confidence of the words of a page that was read.',
    ['engine'],
    CONFIDENCE_BUCKETS,
  );
  return {
    pageRead(pageId: string, importId: string, { words, engine }: PageText) {
      const mean = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
      read.inc({ engine });
      if (words.length > 0) confidence.observe({ engine }, mean);
      logger.info({ pageId, importId, engine, words: words.length, confidence: mean || 0 }, 'page-read');
    },
    fellBack(pageId: string, reason: string) {
      fellBack.inc({ reason });
      logger.warn({ pageId, reason }, 'fell-back-to-tesseract');
    },
  };
}
