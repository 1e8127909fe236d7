'use client';

import type { SchoolClient } from '../school/client';
import { cancelImport } from '../school/documents';
import { type NotebookView, useNotebook } from '../school/use-notebook';

type PageView = NotebookView['pages']['edges'][number]['node'];
type ImportView = NotebookView['imports']['edges'][number]['node'];

/** A notebook: how far its import is, its summary, its pages. */
export function Notebook({ client, id }: { readonly client: SchoolClient; readonly id: string }) {
  const { notebook, error } = useNotebook(client, id);
  if (error !== null) return <p role="alert">{error}</p>;
  if (notebook === null) return <p className="note">Opening the notebook …</p>;
  const job = notebook.imports.edges[0]?.node;
  const cancel = (importId: string): void => void client.ask(cancelImport, { importId }).catch(() => undefined); // it has just ended by itself
  return (
    <section aria-label="Notebook">
      <h2>{notebook.title}</h2>
      {job ? <Progress job={job} onCancel={cancel} /> : null}
      <Summary summary={notebook.summary} />
      <ol className="pages">
        {notebook.pages.edges.map(({ node }) => (
          <Page key={node.id} page={node} />
        ))}
      </ol>
    </section>
  );
}

function Progress({ job, onCancel }: { readonly job: ImportView; readonly onCancel: (id: string) => void }) {
  const { fraction, pagesFound, pagesRead } = job.progress;
  if (job.state === 'FAILED') return <p role="alert">{job.error?.message}</p>;
  if (job.state === 'COMPLETED') return <p className="note">{pagesRead} pages are read.</p>;
  if (job.state === 'CANCELLED') return <p className="note">The import was cancelled.</p>;
  return (
    <div className="progress">
      <progress value={fraction} aria-label="Import" />
      <span>{pagesFound ? `${pagesRead} of ${pagesFound} pages read` : 'Inspecting the document …'}</span>
      <button type="button" onClick={() => onCancel(job.id)}>
        Cancel
      </button>
    </div>
  );
}

function Summary({ summary }: { readonly summary: NotebookView['summary'] }) {
  if (!summary || (summary.state !== 'READY' && summary.medium === null)) return null;
  return (
    <aside className="card" aria-label="Summary">
      <h3>Summary</h3>
      <p>{summary.medium === '' ? 'There is too little text to summarise.' : summary.medium}</p>
      <ul className="keywords" aria-label="Key words">
        {summary.keywords.map(({ term }) => (
          <li key={term}>{term}</li>
        ))}
      </ul>
    </aside>
  );
}

function Page({ page }: { readonly page: PageView }) {
  const { number, thumbnail, text, textSource, error } = page;
  return (
    <li className="card page">
      {thumbnail ? (
        <img src={thumbnail.url} width={thumbnail.width} height={thumbnail.height} alt={`Page ${number}`} />
      ) : (
        <div className="blank" aria-label={`Page ${number} is being rendered`} />
      )}
      <div>
        <h4>
          Page {number}
          {textSource === 'OCR' ? <small> read from the image</small> : null}
        </h4>
        {error ? <p role="alert">{error.message}</p> : <pre>{text ?? 'Reading …'}</pre>}
      </div>
    </li>
  );
}
