import type { StoredSpan } from './otlp';

/** A span at its place in the tree; `depth` 0 is a root. */
export interface PlacedSpan {
  readonly span: StoredSpan;
  readonly depth: number;
  /** Its parent is named but not among the spans of the trace. */
  readonly isOrphan: boolean;
}

/** The spans of a trace in tree order: each parent before its children, siblings by start time. */
export function treeOf(spans: readonly StoredSpan[]): PlacedSpan[] {
  const ids = new Set(spans.map((span) => span.spanId));
  const children = Map.groupBy(spans, (span) =>
    span.parentSpanId !== null && ids.has(span.parentSpanId) ? span.parentSpanId : '',
  );
  const placed: PlacedSpan[] = [];
  const pending = (children.get('') ?? []).map((span) => ({ span, depth: 0 })).reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { span, depth } = next;
    placed.push({ span, depth, isOrphan: depth === 0 && span.parentSpanId !== null });
    for (const child of (children.get(span.spanId) ?? []).toReversed()) pending.push({ span: child, depth: depth + 1 });
  }
  return placed;
}
