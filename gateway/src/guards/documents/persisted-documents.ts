import { createHash } from 'node:crypto';

import { GraphQLError } from 'graphql';

import type { ErrorCode } from '@terakoya/common/errors';

import type { OperationRequest } from '../../execution/operation';
import { documentHashOf } from './document-hash';
import type { DocumentStore } from './document-store';

export const DOCUMENT_MODES = ['off', 'automatic', 'only'] as const;

/**
 * `off`: requests bring their text. `automatic`: a client may send a hash, and the text when it is asked for (Apollo's
 * automatic persisted queries); documents of the manifest need no text at all. `only`: nothing but those of the manifest.
 */
export type DocumentMode = (typeof DOCUMENT_MODES)[number];

/** The document of a request, or why it cannot be had. */
export type FoundDocument =
  | { readonly query: string; readonly registers: string | null; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[] };

export interface PersistedDocuments {
  /** Never throws: a store that is away knows no document. */
  find(request: OperationRequest): FoundDocument | Promise<FoundDocument>;
  /** The document has passed every check, so that it may be kept under its hash. */
  passed(found: FoundDocument): void;
  close(): Promise<void>;
}

export interface PersistedDocumentsOptions {
  readonly mode: DocumentMode;
  /** Texts by hash that are known from the beginning. */
  readonly manifest: ReadonlyMap<string, string>;
  /** Where texts that clients register are kept; only asked in the mode `automatic`. */
  readonly store: DocumentStore;
}

/** Finds documents by the hash of their text. */
export function createPersistedDocuments({ mode, manifest, store }: PersistedDocumentsOptions): PersistedDocuments {
  return {
    find(request) {
      if (mode === 'off') return refusePersisted(request);
      const hash = documentHashOf(request);
      if (hash instanceof GraphQLError) return { errors: [hash] };
      const known = hash === null ? undefined : manifest.get(hash);
      if (known !== undefined) return { query: known, registers: null };
      if (mode === 'only') return ofAllowList(manifest, request);
      return ofClient(store, request, hash);
    },
    passed(found) {
      if (!found.errors && found.registers !== null) store.put(found.registers, found.query);
    },
    close: () => store.close(),
  };
}

/** Where no document is kept: a hash without its text is refused so that Apollo's clients stop to send hashes. */
export function refusePersisted({ query, documentId, extensions }: OperationRequest): FoundDocument {
  if (query) return { query, registers: null };
  const isNamed = documentId != null || extensions?.persistedQuery != null;
  if (!isNamed) return noDocument();
  return refused('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
}

function ofAllowList(manifest: ReadonlyMap<string, string>, { query }: OperationRequest): FoundDocument {
  const isListed = query ? manifest.has(sha256(query)) : false;
  if (query && isListed) return { query, registers: null };
  return refused('DOCUMENT_NOT_ALLOWED', 'Only documents of the manifest are executed here; this one is not in it.');
}

function ofClient(
  store: DocumentStore,
  { query }: OperationRequest,
  hash: string | null,
): FoundDocument | Promise<FoundDocument> {
  if (hash === null) return query ? { query, registers: null } : noDocument();
  if (query) return sha256(query) === hash ? { query, registers: hash } : otherHash();
  return store.get(hash).then((text) => (text === null ? unknownHash() : { query: text, registers: null }));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The message is the one that Apollo's clients look for before they send the text. */
function unknownHash(): FoundDocument {
  return refused('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
}

function otherHash(): FoundDocument {
  return refused('BAD_USER_INPUT', 'The hash is not the SHA-256 of the document.');
}

function noDocument(): FoundDocument {
  return refused('BAD_USER_INPUT', 'query: must be a document, or `documentId` must name one.');
}

function refused(code: ErrorCode, message: string): FoundDocument {
  return { errors: [new GraphQLError(message, { extensions: { code } })] };
}
