import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The composed schema of the whole school, as it is committed. */
export function supergraphSdl(): string {
  return readFileSync(join(__dirname, '..', '..', 'supergraph.graphql'), 'utf8');
}
