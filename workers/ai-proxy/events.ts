import type { Logger } from '@terakoya/common/logging';
import { counter, gauge, whenCollected } from '@terakoya/common/telemetry';

export type AiProxyEvents = ReturnType<typeof createAiProxyEvents>;

const VENDORS = ['openai', 'google-vision'] as const;
const CALL_STATES = ['settled', 'released', 'lost'] as const;

interface VendorCallEnd {
  readonly callId: string;
  readonly vendor: string;
  readonly model: string;
  readonly state: (typeof CALL_STATES)[number];
  readonly microUsd: number;
}

/** The business events of ai-proxy: counts, and log lines with ids and amounts, never text. */
export function createAiProxyEvents(logger: Logger) {
  const calls = counter('terakoya_vendor_calls_total', 'Calls to vendors by how they ended.', ['vendor', 'state']);
  // A failure that is the first of its kind must be seen to have come.
  for (const vendor of VENDORS) for (const state of CALL_STATES) calls.inc({ vendor, state }, 0);
  const spent = counter('terakoya_vendor_spend_usd_total', 'Money spent at vendors, in USD.', ['vendor', 'model']);
  const refused = counter('terakoya_vendor_refusals_total', 'Calls that the spend limit did not allow.', ['vendor']);
  const fellBack = counter('terakoya_ai_fallbacks_total', 'Work done by the local engine instead of a vendor.', [
    'task',
    'reason',
  ]);
  const summarised = counter('terakoya_summaries_total', 'Notebooks summarised, by engine.', ['engine']);
  return {
    vendorCallEnded(end: VendorCallEnd) {
      calls.inc({ vendor: end.vendor, state: end.state });
      spent.inc({ vendor: end.vendor, model: end.model }, end.microUsd / 1_000_000);
      logger.info(end, 'vendor-call-ended');
    },
    spendRefused(vendor: string, microUsd: number) {
      refused.inc({ vendor });
      logger.warn({ vendor, microUsd }, 'vendor-call-refused-by-spend-limit');
    },
    fellBack(task: string, reason: string, jobId: string) {
      fellBack.inc({ task, reason });
      logger.warn({ task, reason, jobId }, 'fell-back-to-local-engine');
    },
    notebookSummarised(notebookId: string, engine: string, pages: number) {
      summarised.inc({ engine });
      logger.info({ notebookId, engine, pages }, 'notebook-summarised');
    },
    ocrRefused(code: string) {
      logger.warn({ code }, 'ocr-request-refused');
    },
  };
}

/** The budget as Prometheus sees it; what is left is asked when metrics are scraped. */
export function watchBudget(limitUsd: number, left: () => Promise<number>): void {
  gauge('terakoya_vendor_spend_limit_usd', 'Spend limit of a calendar month, in USD.').set(limitUsd);
  const budgetLeft = gauge('terakoya_vendor_budget_left_usd', 'What may still be spent this month, in USD.');
  whenCollected(budgetLeft, async () => budgetLeft.set((await left()) / 1_000_000));
}
