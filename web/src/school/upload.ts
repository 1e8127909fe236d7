import type { SchoolClient } from './client';
import { GraphError } from './client';
import { completeUpload, createNotebook, createUpload, importFile } from './documents';

/** Uploads a document by its signed URL, imports it into a new notebook, and returns the notebook's id. */
export async function importDocument(
  client: SchoolClient,
  file: File,
  onNotebook: (id: string) => void,
): Promise<void> {
  const sha256 = await sha256Of(file);
  const input = { name: file.name, contentType: file.type, size: file.size, sha256 };
  const { createUpload: upload } = await client.ask(createUpload, { input });
  const headers = upload.headers.filter(({ name }) => name !== 'content-length'); // the browser sets it
  const response = await fetch(upload.url, {
    method: upload.method,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: file,
  });
  if (!response.ok) throw new GraphError(`The upload was refused (${response.status}).`, 'UNAVAILABLE');
  await client.ask(completeUpload, { fileId: upload.file.id });
  const { createNotebook: notebook } = await client.ask(createNotebook, { input: { title: file.name.slice(0, 200) } });
  onNotebook(notebook.id);
  await client.ask(importFile, { input: { notebookId: notebook.id, fileId: upload.file.id } });
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
