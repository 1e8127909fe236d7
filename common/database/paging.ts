import { z } from 'zod';

import { BadInputError } from '../errors';

/** What a caller asks of a list: how many, and after which cursor. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}

export interface Page<R> {
  readonly edges: readonly { readonly cursor: string; readonly node: R }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const keySchema = z
  .array(z.union([z.string(), z.number()]))
  .min(1)
  .max(3);

/** The sort key in a cursor, or undefined without one (GraphQL: null); BAD_USER_INPUT for what is no cursor of ours. */
export function decodeCursor(after: string | null | undefined): readonly (string | number)[] | undefined {
  if (after === undefined || after === null) return undefined;
  try {
    return keySchema.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new BadInputError('after', 'is not a cursor of this list', cause);
  }
}

/**
 * A page from rows that were asked for one more than `first` (keyset paging: the row after the last tells whether more
 * follow). `keyOf` gives the values the list is sorted by.
 */
export function pageOf<R>(rows: readonly R[], first: number, keyOf: (row: R) => readonly (string | number)[]): Page<R> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return { edges, hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null };
}

/** For each parent the page of its rows, from rows of all of them that were asked for one more than `first` of each. */
export function pagesOf<R>(
  parentIds: readonly string[],
  rows: readonly R[],
  {
    first,
    parentOf,
    keyOf,
  }: {
    readonly first: number;
    readonly parentOf: (row: R) => string | null;
    readonly keyOf: (row: R) => readonly (string | number)[];
  },
): Page<R>[] {
  const byParent = Map.groupBy(rows, parentOf);
  return parentIds.map((id) => pageOf(byParent.get(id) ?? [], first, keyOf));
}

function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}
