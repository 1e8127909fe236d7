import { z } from 'zod';

import { defineEvent } from '../define-event';

/** What can happen to a notebook, as a subscriber hears of it. */
export const NOTEBOOK_CHANGE_KINDS = [
  'NOTEBOOK_RENAMED',
  'NOTEBOOK_DELETED',
  'IMPORT_STARTED',
  'IMPORT_PAGES_FOUND',
  'IMPORT_COMPLETED',
  'IMPORT_FAILED',
  'IMPORT_CANCELLED',
  'PAGE_RENDERED',
  'PAGE_READ',
  'PAGE_FAILED',
  'SUMMARY_READY',
] as const;
export type NotebookChangeKind = (typeof NOTEBOOK_CHANGE_KINDS)[number];

const notebook = z.object({ notebookId: z.uuid(), ownerId: z.uuid() });

export const notebookChanged = defineEvent(
  'notes.notebook.changed',
  notebook.extend({
    kind: z.enum(NOTEBOOK_CHANGE_KINDS),
    pageId: z.uuid().nullable(),
    importId: z.uuid().nullable(),
  }),
);

export const notebookDeleted = defineEvent('notes.notebook.deleted', notebook);

/** A page's text is known. */
export const pageRead = defineEvent(
  'notes.page.read',
  notebook.extend({ pageId: z.uuid(), number: z.int().positive(), text: z.string() }),
);

/** Every page of an import has its text or has failed. */
export const importCompleted = defineEvent('notes.import.completed', notebook.extend({ importId: z.uuid() }));
