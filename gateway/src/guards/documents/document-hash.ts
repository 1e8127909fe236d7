import { GraphQLError } from 'graphql';

import type { OperationRequest } from '../../execution/operation';

const HASH = /^(?:sha256:)?([\da-f]{64})$/;

/** The SHA-256 by which a request names its document, as hexadecimal digits; null when it names none. */
export function documentHashOf({ documentId, extensions }: OperationRequest): string | null | GraphQLError {
  const named = documentId ?? hashOfExtension(extensions?.persistedQuery);
  if (named === null || named === undefined) return null;
  const [, hash] = HASH.exec(typeof named === 'string' ? named : '') ?? [];
  if (hash !== undefined) return hash;
  return new GraphQLError('A document is named by its SHA-256: `sha256:` and 64 lower-case hexadecimal digits.', {
    extensions: { code: 'BAD_USER_INPUT', field: 'documentId' },
  });
}

/** `{ version: 1, sha256Hash }`; anything else names nothing that could be found. */
function hashOfExtension(persisted: unknown): unknown {
  if (persisted === null || persisted === undefined) return null;
  const isOurs = typeof persisted === 'object' && 'version' in persisted && persisted.version === 1;
  return isOurs && 'sha256Hash' in persisted ? persisted.sha256Hash : '';
}
