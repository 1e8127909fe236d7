import { z } from 'zod';

import { BadInputError } from '@terakoya/common/errors';

/** Attributes with plain values, as the trace view shows them. */
export type PlainAttributes = Readonly<Record<string, string | number | boolean>>;

/** A value of OTLP in JSON. */
export const valueSchema = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});

/** Attributes of OTLP in JSON. */
export const attributesSchema = z.array(z.object({ key: z.string(), value: valueSchema })).default([]);

/** What a resource says of itself. */
export const resourceSchema = z.looseObject({ attributes: attributesSchema }).default({ attributes: [] });

/** Milliseconds since the epoch, of nanoseconds that are a string in most exports. */
export const nanoseconds = z.union([z.string(), z.number()]).transform((value) => Number(BigInt(value) / 1000n) / 1000);

export function plain(attributes: z.output<typeof attributesSchema>): PlainAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

/** A value as text, number or flag; '' for what has parts. */
export function plainValue(value: z.output<typeof valueSchema>): string | number | boolean {
  const { stringValue, boolValue, doubleValue, intValue } = value;
  return stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? '' : Number(intValue));
}

/** The name under which a service exports. */
export function serviceOf({ attributes }: z.output<typeof resourceSchema>): string {
  return String(plain(attributes)['service.name'] ?? 'unknown');
}

/** Parses an export request; `what` names it where it is refused (BAD_USER_INPUT). */
export function parseExport<S extends z.ZodType>(schema: S, body: string, what: string): z.output<S> {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) throw new BadInputError('body', `must be an OTLP JSON ${what} export`);
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new BadInputError('body', 'must be JSON', cause);
  }
}
