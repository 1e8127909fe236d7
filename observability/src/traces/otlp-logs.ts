import { z } from 'zod';

import {
  type PlainAttributes,
  attributesSchema,
  nanoseconds,
  parseExport,
  plain,
  plainValue,
  resourceSchema,
  serviceOf,
  valueSchema,
} from './otlp-values';

/** One log line as the trace view keeps it; its time in milliseconds since the epoch. */
export interface StoredLine {
  readonly traceId: string;
  readonly spanId: string;
  readonly service: string;
  readonly timeMs: number;
  readonly severity: string;
  readonly text: string;
  readonly attributes: PlainAttributes;
}

const recordSchema = z.looseObject({
  timeUnixNano: nanoseconds,
  severityText: z.string().default(''),
  body: valueSchema.default({}),
  attributes: attributesSchema,
  traceId: z.string().default(''),
  spanId: z.string().default(''),
});

const exportSchema = z.object({
  resourceLogs: z.array(
    z.looseObject({
      resource: resourceSchema,
      scopeLogs: z.array(z.looseObject({ logRecords: z.array(recordSchema).default([]) })).default([]),
    }),
  ),
});

/** The lines of an OTLP/HTTP JSON export request (opentelemetry-proto, ExportLogsServiceRequest) that belong to a trace. */
export function linesOf(body: string): StoredLine[] {
  return parseExport(exportSchema, body, 'log').resourceLogs.flatMap(({ resource, scopeLogs }) => {
    const service = serviceOf(resource);
    return scopeLogs
      .flatMap(({ logRecords }) => logRecords)
      .filter(({ traceId }) => /^[0-9a-f]{32}$/.test(traceId))
      .map((record) => present(service, record));
  });
}

function present(service: string, record: z.output<typeof recordSchema>): StoredLine {
  const { traceId, spanId, severityText, timeUnixNano, body, attributes } = record;
  return {
    traceId,
    spanId,
    service,
    timeMs: timeUnixNano,
    severity: severityText,
    text: String(plainValue(body)),
    attributes: plain(attributes),
  };
}
