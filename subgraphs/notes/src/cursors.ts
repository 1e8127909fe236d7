import { z } from 'zod';

import { parseCursor } from '@terakoya/common/database';

/** Page numbers and word indexes; far from what PostgreSQL's integers end at. */
const numberSchema = z.int().min(0).max(1_000_000_000);

/** The number in the cursor of a list that is sorted by number. */
export function numberCursor(after: string | undefined): number | undefined {
  return parseCursor(after, z.tuple([numberSchema]))?.[0];
}

/** The place in the cursor of a list of pages of many notebooks. */
export function placeCursor(after: string | undefined): readonly [notebookId: string, number: number] | undefined {
  return parseCursor(after, z.tuple([z.uuid(), numberSchema]));
}
