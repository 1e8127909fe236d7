/**
 * `npm run documents`: writes `gateway/documents.json`, the manifest of the documents that the web app sends, from what
 * `npm run schema` made of its source. A gateway with PERSISTED_DOCUMENTS=only executes nothing else. With `--check`
 * nothing is written and a difference is an error.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Kind, parse } from 'graphql';
import { z } from 'zod';

const root = join(__dirname, '..');
const source = join(root, 'web', 'src', 'generated', 'persisted-documents.json');
const target = join(root, 'gateway', 'documents.json');

/** In the form of Apollo's manifest of persisted queries, version 1, by name. */
function manifestOf(documents: Readonly<Record<string, string>>): string {
  const operations = Object.entries(documents).map(([hash, body]) => ({
    id: hash.replace('sha256:', ''),
    ...factsOf(body),
    body,
  }));
  operations.sort((a, b) => a.name.localeCompare(b.name));
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`;
}

function factsOf(body: string): { readonly name: string; readonly type: string } {
  const operation = parse(body).definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name) throw new Error(`A document of the web app has no name: ${body}`);
  return { name: operation.name.value, type: operation.operation };
}

const text = manifestOf(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(source, 'utf8'))));
const isSame = existsSync(target) && readFileSync(target, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!isSame) console.error('gateway/documents.json differs from the web app: run `npm run documents` and commit it.');
  process.exitCode = isSame ? 0 : 1;
} else if (!isSame) {
  writeFileSync(target, text);
  console.log('written: gateway/documents.json');
}
