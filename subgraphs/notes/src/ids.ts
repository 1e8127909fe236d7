import { validate } from 'uuid';
import { z } from 'zod';

import { decodeCursor } from '@terakoya/common/database';
import { BadInputError } from '@terakoya/common/errors';

/** Page numbers and word indexes; far from what PostgreSQL's integers end at. */
const numberSchema = z.int().min(0).max(1_000_000_000);

/** Those that can be ids at all: others belong to nothing, and PostgreSQL would refuse the whole statement. */
export function possibleIds(ids: readonly string[]): string[] {
  return ids.filter((id) => validate(id));
}

/** The id in the cursor of a list that is sorted by id. */
export function idCursor(after: string | undefined): string | undefined {
  return parseCursor(after, z.tuple([z.uuid()]))?.[0];
}

/** The number in the cursor of a list that is sorted by number. */
export function numberCursor(after: string | undefined): number | undefined {
  return parseCursor(after, z.tuple([numberSchema]))?.[0];
}

/** The place in the cursor of a list of pages of many notebooks. */
export function placeCursor(after: string | undefined): readonly [notebookId: string, number: number] | undefined {
  return parseCursor(after, z.tuple([z.uuid(), numberSchema]));
}

function parseCursor<S extends z.ZodType>(after: string | undefined, schema: S): z.output<S> | undefined {
  const key = decodeCursor(after);
  if (key === undefined) return undefined;
  const parsed = schema.safeParse(key);
  if (!parsed.success) throw new BadInputError('after', 'is not a cursor of this list');
  return parsed.data;
}
