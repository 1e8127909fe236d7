import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { GraphError, type SchoolClient } from './school-client';

const TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
};

export interface ImportProgress {
  readonly kind: string;
  readonly cursor: string;
  readonly state: string;
  readonly fraction: number;
  readonly pagesFound: number | null;
  readonly pagesRead: number;
}

export interface ImportedPage {
  readonly number: number;
  readonly state: string;
  readonly text: string | null;
  readonly textSource: string | null;
  readonly imageUrl: string | null;
}

export interface ImportedNotebook {
  readonly id: string;
  readonly title: string;
  readonly pages: readonly ImportedPage[];
  readonly summary: {
    readonly state: string;
    readonly short: string | null;
    readonly medium: string | null;
    readonly long: string | null;
    readonly keywords: readonly { readonly term: string; readonly weight: number }[];
  } | null;
}

/** Uploads a file by its signed URL; returns its id once it is verified. */
export async function uploadFile(client: SchoolClient, path: string): Promise<string> {
  const contentType = TYPES[extname(path).toLowerCase()];
  if (!contentType)
    throw new GraphError(`${basename(path)}: only PDF, JPEG and PNG can be imported.`, 'DOCUMENT_TYPE_UNSUPPORTED', []);
  return uploadBytes(client, await readFile(path), basename(path), contentType);
}

export async function uploadBytes(
  client: SchoolClient,
  bytes: Buffer,
  name: string,
  contentType: string,
): Promise<string> {
  const input = { name, contentType, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
  const { data } = await client.ask<{
    createUpload: { file: { id: string }; url: string; method: string; headers: { name: string; value: string }[] };
  }>(
    'mutation CreateUpload($input: CreateUploadInput!) { createUpload(input: $input) { file { id } url method headers { name value } } }',
    { input },
  );
  const { file, url, method, headers } = data.createUpload;
  const sent = headers.filter((header) => header.name !== 'content-length'); // fetch sets it from the body
  const response = await fetch(url, {
    method,
    headers: Object.fromEntries(sent.map((header) => [header.name, header.value])),
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new GraphError(`The upload was refused with status ${response.status}.`, 'UNAVAILABLE', []);
  await client.ask('mutation CompleteUpload($id: ID!) { completeUpload(fileId: $id) { state } }', { id: file.id });
  return file.id;
}

export async function createNotebook(client: SchoolClient, title: string): Promise<string> {
  const { data } = await client.ask<{ createNotebook: { id: string } }>(
    'mutation CreateNotebook($input: CreateNotebookInput!) { createNotebook(input: $input) { id } }',
    { input: { title } },
  );
  return data.createNotebook.id;
}

/** Starts an import; the trace of this request covers all that follows from it. */
export async function startImport(
  client: SchoolClient,
  notebookId: string,
  fileId: string,
): Promise<{ id: string; traceId: string | null }> {
  const { data, traceId } = await client.ask<{ importFile: { id: string } }>(
    'mutation ImportFile($input: ImportFileInput!) { importFile(input: $input) { id state } }',
    { input: { notebookId, fileId } },
  );
  return { id: data.importFile.id, traceId };
}

const WATCH = `subscription Watch($id: ID!, $after: String) {
  notebookChanged(id: $id, after: $after) {
    kind
    cursor
    notebook { id title summary { state } }
    importJob { id state error { code message } progress { fraction pagesFound pagesRead } }
  }
}`;

interface Change {
  readonly notebookChanged: {
    readonly kind: string;
    readonly cursor: string;
    readonly notebook: { readonly summary: { readonly state: string } | null } | null;
    readonly importJob: {
      readonly id: string;
      readonly state: string;
      readonly error: { readonly code: string; readonly message: string } | null;
      readonly progress: { readonly fraction: number; readonly pagesFound: number | null; readonly pagesRead: number };
    } | null;
  };
}

/** Watches a notebook until its summary is there. Throws GraphError when the import fails. `started` runs once it listens. */
export async function watchImport(
  client: SchoolClient,
  notebookId: string,
  started: () => Promise<unknown>,
  onProgress: (progress: ImportProgress) => void,
): Promise<void> {
  const changes = client.subscribe<Change>(WATCH, { id: notebookId });
  const first = changes.next();
  await listening(client, notebookId, first);
  await started();
  for (let result = await first; !result.done; result = await changes.next()) {
    const [error] = result.value.errors ?? [];
    if (error) throw new GraphError(error.message, codeOf(error.extensions?.['code']), []);
    const change = result.value.data?.notebookChanged;
    if (!change) continue;
    const { kind, cursor, importJob } = change;
    if (importJob) onProgress({ kind, cursor, state: importJob.state, ...importJob.progress });
    if (kind === 'IMPORT_FAILED')
      throw new GraphError(importJob?.error?.message ?? '', importJob?.error?.code ?? '', []);
    if (kind === 'SUMMARY_READY') break;
  }
  await changes.return?.();
}

/**
 * The protocol has no answer that says a subscription listens: the notebook is renamed to its own title until the first
 * change comes back. That change is one the caller does not look at.
 */
async function listening(client: SchoolClient, notebookId: string, first: Promise<unknown>): Promise<void> {
  let isListening = false;
  void first.finally(() => (isListening = true)).catch(() => undefined);
  const { title } = await loadNotebook(client, notebookId);
  for (let attempt = 0; attempt < 50 && !isListening; attempt += 1) {
    await client.ask('mutation Touch($input: RenameNotebookInput!) { renameNotebook(input: $input) { id } }', {
      input: { notebookId, title },
    });
    await Promise.race([first.catch(() => undefined), delay(100)]);
  }
}

const NOTEBOOK = `query Notebook($id: ID!) {
  notebook(id: $id) {
    id
    title
    owner { displayName }
    pages(first: 100) { edges { node { number state text textSource image { url } } } }
    summary { state short medium long keywords { term weight } }
  }
}`;

/** The notebook with its pages' texts, across the subgraphs. */
export async function loadNotebook(client: SchoolClient, id: string): Promise<ImportedNotebook> {
  const { data } = await client.ask<{
    notebook: {
      id: string;
      title: string;
      pages: {
        edges: {
          node: {
            number: number;
            state: string;
            text: string | null;
            textSource: string | null;
            image: { url: string } | null;
          };
        }[];
      };
      summary: ImportedNotebook['summary'];
    };
  }>(NOTEBOOK, { id });
  const { pages, ...notebook } = data.notebook;
  return {
    ...notebook,
    pages: pages.edges.map(({ node: { image, ...page } }) => ({ ...page, imageUrl: image?.url ?? null })),
  };
}

export interface SearchHit {
  readonly snippet: string;
  readonly matches: number;
  readonly page: { readonly number: number };
}

export async function searchNotebook(client: SchoolClient, notebookId: string, query: string): Promise<SearchHit[]> {
  const { data } = await client.ask<{ searchPages: { edges: { node: SearchHit }[] } }>(
    'query Search($q: String!, $id: ID) { searchPages(query: $q, notebookId: $id) { edges { node { snippet matches page { number } } } } }',
    { q: query, id: notebookId },
  );
  return data.searchPages.edges.map(({ node }) => node);
}

function codeOf(code: unknown): string {
  return typeof code === 'string' ? code : '';
}
