'use client';

import { useState } from 'react';

import type { SchoolClient } from '../school/client';
import { importDocument } from '../school/upload';
import { DropZone } from './drop-zone';
import { Notebook } from './notebook';

/** Where documents are dropped and the latest notebook lies open. */
export function Desk({ client }: { readonly client: SchoolClient }) {
  const [notebookId, setNotebookId] = useState<string | null>(null);
  const [uploading, setUploading] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  async function take(file: File): Promise<void> {
    setError(null);
    setUploading(file.name);
    try {
      await importDocument(client, file, setNotebookId);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setUploading(null);
    }
  }

  return (
    <>
      <DropZone isBusy={uploading !== null} onFile={(file) => void take(file)} />
      {uploading === null ? null : <p className="note">Uploading {uploading} …</p>}
      {error === null ? null : <p role="alert">{error}</p>}
      {notebookId === null ? (
        <p className="note">No notebook is open yet. Drop a PDF, JPEG or PNG of at most 20 MB above.</p>
      ) : (
        <Notebook key={notebookId} client={client} id={notebookId} />
      )}
    </>
  );
}
