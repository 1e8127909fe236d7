import { z } from 'zod';

import {
  type PlainAttributes,
  attributesSchema,
  nanoseconds,
  parseExport,
  plain,
  resourceSchema,
  serviceOf,
} from './otlp-values';

/** One span as the trace view keeps it; times in milliseconds since the epoch. */
export interface StoredSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  readonly attributes: PlainAttributes;
}

const spanSchema = z.looseObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number().default(1),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes: attributesSchema,
  status: z.looseObject({ code: z.number().optional() }).default({}),
});

const exportSchema = z.object({
  resourceSpans: z.array(
    z.looseObject({
      resource: resourceSchema,
      scopeSpans: z.array(z.looseObject({ spans: z.array(spanSchema).default([]) })).default([]),
    }),
  ),
});

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const FAILED = 2;

/** The spans of an OTLP/HTTP JSON export request (opentelemetry-proto, ExportTraceServiceRequest). */
export function spansOf(body: string): StoredSpan[] {
  return parseExport(exportSchema, body, 'trace').resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = serviceOf(resource);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => present(service, span)));
  });
}

function present(service: string, span: z.output<typeof spanSchema>): StoredSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId || null,
    service,
    name: span.name,
    kind: KINDS[span.kind] ?? 'unspecified',
    startMs: span.startTimeUnixNano,
    endMs: span.endTimeUnixNano,
    failed: span.status.code === FAILED,
    attributes: plain(span.attributes),
  };
}
