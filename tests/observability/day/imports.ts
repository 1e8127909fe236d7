import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  GraphError,
  type SchoolClient,
  createNotebook,
  loadNotebook,
  searchNotebook,
  startImport,
  uploadBytes,
  watchImport,
} from '@terakoya/common/school-client';

import { corruptPdf } from '../../fixtures/bad-files';

const TYPES: Readonly<Record<string, string>> = { pdf: 'application/pdf', jpg: 'image/jpeg' };

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '..', '..', 'fixtures', name));

/** Imports a document, watches it until its summary is there, reads it and searches in it. */
export async function importAndRead(client: SchoolClient, name: string): Promise<void> {
  const notebookId = await createNotebook(client, name);
  const fileId = await uploadBytes(client, fixture(name), name, TYPES[name.split('.').at(-1) ?? ''] ?? '');
  await watchImport(
    client,
    notebookId,
    () => startImport(client, notebookId, fileId),
    () => undefined,
  );
  const { summary } = await loadNotebook(client, notebookId);
  await searchNotebook(client, notebookId, summary?.keywords[0]?.term ?? name);
}

/** A document that nobody can read is refused with its reason. */
export async function importBadFile(client: SchoolClient): Promise<void> {
  const notebookId = await createNotebook(client, 'A broken file');
  const fileId = await uploadBytes(client, corruptPdf(fixture('lesson.pdf')), 'broken.pdf', 'application/pdf');
  const watched = watchImport(
    client,
    notebookId,
    () => startImport(client, notebookId, fileId),
    () => undefined,
  );
  await refusedWith('DOCUMENT_CORRUPT', () => watched);
}

/** Somebody thinks better of it. An import that was faster than that cannot be ended any more, which is an answer too. */
export async function cancelAnImport(client: SchoolClient): Promise<void> {
  const notebookId = await createNotebook(client, 'Never mind');
  const fileId = await uploadBytes(client, fixture('scan-ja.pdf'), 'scan.pdf', 'application/pdf');
  const { id } = await startImport(client, notebookId, fileId);
  await client
    .ask('mutation CancelImport($id: ID!) { cancelImport(importId: $id) { id state } }', { id })
    .catch((error: unknown) => {
      if (!(error instanceof GraphError) || error.code !== 'CONFLICT') throw error;
    });
}

/** Does what must be refused; throws when it is not, or is for another reason. */
async function refusedWith(code: string, work: () => Promise<unknown>): Promise<void> {
  const outcome = await work().then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof GraphError) return error.code;
      throw error;
    },
  );
  if (outcome !== code) throw new Error(`It should have been refused with ${code}: ${outcome}.`);
}
