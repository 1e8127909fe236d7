import { z } from 'zod';

import { BadInputError } from '@terakoya/common/errors';

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
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

const valueSchema = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const attributesSchema = z.array(z.object({ key: z.string(), value: valueSchema })).default([]);
const nanoseconds = z.union([z.string(), z.number()]).transform((value) => Number(BigInt(value) / 1000n) / 1000);

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
      resource: z.looseObject({ attributes: attributesSchema }).default({ attributes: [] }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(spanSchema).default([]) })).default([]),
    }),
  ),
});

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const FAILED = 2;

/** The spans of an OTLP/HTTP JSON export request (opentelemetry-proto, ExportTraceServiceRequest). */
export function spansOf(body: string): StoredSpan[] {
  const parsed = exportSchema.safeParse(parseJson(body));
  if (!parsed.success) throw new BadInputError('body', 'must be an OTLP JSON trace export');
  return parsed.data.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource.attributes)['service.name'] ?? 'unknown');
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

function plain(attributes: z.output<typeof attributesSchema>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ??
        value.boolValue ??
        value.doubleValue ??
        (value.intValue === undefined ? '' : Number(value.intValue)),
    ]),
  );
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new BadInputError('body', 'must be JSON', cause);
  }
}
