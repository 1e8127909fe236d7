import type { StoredSpan } from './otlp';

export interface TraceSummary {
  readonly traceId: string;
  readonly name: string;
  readonly services: readonly string[];
  readonly spans: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
}

/** The latest traces in memory: when more than `maxSpans` are held, the trace begun longest ago is forgotten. */
export class TraceStore {
  readonly #traces = new Map<string, Map<string, StoredSpan>>();
  #spanCount = 0;

  constructor(private readonly maxSpans = 200_000) {}

  add(spans: readonly StoredSpan[]): void {
    for (const span of spans) {
      const trace = this.#traces.get(span.traceId) ?? new Map<string, StoredSpan>();
      this.#traces.set(span.traceId, trace);
      if (!trace.has(span.spanId)) this.#spanCount += 1;
      trace.set(span.spanId, span);
    }
    while (this.#spanCount > this.maxSpans && this.#traces.size > 1) this.#forgetOldest();
  }

  /** The spans of one trace by start time; empty when it is not known. */
  find(traceId: string): StoredSpan[] {
    return [...(this.#traces.get(traceId)?.values() ?? [])].sort((a, b) => a.startMs - b.startMs);
  }

  /** The newest traces first. */
  latest(limit: number): TraceSummary[] {
    return [...this.#traces.keys()]
      .slice(-limit)
      .reverse()
      .map((traceId) => summarise(traceId, this.find(traceId)));
  }

  #forgetOldest(): void {
    const [oldest] = this.#traces.keys();
    if (oldest === undefined) return;
    this.#spanCount -= this.#traces.get(oldest)?.size ?? 0;
    this.#traces.delete(oldest);
  }
}

function summarise(traceId: string, spans: readonly StoredSpan[]): TraceSummary {
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const endMs = spans.reduce((latest, span) => Math.max(latest, span.endMs), startMs);
  return {
    traceId,
    name: (spans.find((span) => span.parentSpanId === null) ?? spans[0])?.name ?? '',
    services: [...new Set(spans.map((span) => span.service))],
    spans: spans.length,
    startMs,
    durationMs: endMs - startMs,
    failed: spans.some((span) => span.failed),
  };
}
