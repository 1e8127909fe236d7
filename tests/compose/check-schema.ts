import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Ajv, type ErrorObject } from 'ajv';

import type { ComposeName } from './compose-file';
import { readRaw } from './compose-file';

/** The Compose specification's JSON schema, which the linter `dclint` carries. */
const SCHEMA = join(dirname(require.resolve('dclint/package.json')), 'schemas', 'compose.schema.json');

/** What the Compose specification has against a file. */
export function schemaViolations(name: ComposeName): string[] {
  // The specification's schema describes formats, such as durations, that Ajv knows nothing of.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as object; // a schema of a package
  // It names its own meta-schema by an address that Ajv has under another.
  const validate = ajv.compile({ ...schema, $schema: undefined });
  return validate(readRaw(name)) ? [] : (validate.errors ?? []).map((error) => describe(name, error));
}

function describe(name: ComposeName, { instancePath, message, params }: ErrorObject): string {
  return `${name}: ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`;
}
