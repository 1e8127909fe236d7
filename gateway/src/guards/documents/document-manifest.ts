import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { ConfigurationError, messageOf } from '@terakoya/common/errors';

/** Apollo's manifest of persisted queries, version 1. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** The documents of a manifest file by the SHA-256 of their text; ConfigurationError when the file is not in order. */
export function readDocumentManifest(file: string): ReadonlyMap<string, string> {
  try {
    const { operations } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Map(operations.map(({ id, body }) => [checkedId(id, body), body]));
  } catch (error) {
    throw new ConfigurationError(
      `DOCUMENTS_FILE ${file} cannot be used (${messageOf(error)}). Write it with \`npm run documents\`.`,
    );
  }
}

function checkedId(id: string, body: string): string {
  if (createHash('sha256').update(body).digest('hex') !== id) throw new Error(`${id} is not the SHA-256 of its text`);
  return id;
}
