import { validate } from 'uuid';
import { z } from 'zod';

import { BadInputError } from '../errors';
import { decodeCursor } from './paging';

/** Those that can be ids at all: others belong to nothing, and PostgreSQL would refuse the whole statement. */
export function possibleIds(ids: readonly string[]): string[] {
  return ids.filter((id) => validate(id));
}

/** The id in the cursor of a list that is sorted by id. */
export function idCursor(after: string | undefined): string | undefined {
  return parseCursor(after, z.tuple([z.uuid()]))?.[0];
}

/** What a cursor holds, by the list's own schema; BAD_USER_INPUT for a cursor of another list. */
export function parseCursor<S extends z.ZodType>(after: string | undefined, schema: S): z.output<S> | undefined {
  const key = decodeCursor(after);
  if (key === undefined) return undefined;
  const parsed = schema.safeParse(key);
  if (!parsed.success) throw new BadInputError('after', 'is not a cursor of this list');
  return parsed.data;
}
