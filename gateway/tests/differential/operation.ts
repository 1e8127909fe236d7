import type { DocumentNode } from 'graphql';

/** A valid operation of a case. */
export interface Operation {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}
