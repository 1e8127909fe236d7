import type { ImportedNotebook, ImportProgress, SearchHit } from '@terakoya/common/school-client';

const WIDTH = 30;

/** One line that is written over and over: a bar, the share that is done, and what happened last. */
export function bar({ fraction, pagesRead, pagesFound, kind }: ImportProgress): string {
  const full = Math.round(fraction * WIDTH);
  const share = `${Math.round(fraction * 100)}`.padStart(3);
  const pages = pagesFound === null ? 'inspecting' : `${pagesRead} of ${pagesFound} pages read`;
  return `[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${share} %  ${pages.padEnd(24)} ${kind.padEnd(20)}`;
}

/** Everything the import brought, for a person to read. */
export function describeNotebook(
  notebook: ImportedNotebook,
  term: string,
  hits: readonly SearchHit[],
  seconds: number,
): string {
  const pages = notebook.pages.map(
    ({ number, textSource, text }) =>
      `\n── page ${number} (${textSource === 'OCR' ? 'read from the image' : 'carried by the document'}) ──\n${text ?? ''}`,
  );
  const { short, medium, keywords = [] } = notebook.summary ?? {};
  return [
    `${notebook.pages.length} pages in ${seconds.toFixed(1)} s`,
    ...pages,
    '\n── summary ──',
    `50:  ${short ?? ''}`,
    `200: ${medium ?? ''}`,
    `Key words: ${keywords.map((keyword) => keyword.term).join(', ')}`,
    ...(term === '' ? [] : [`\n── search for "${term}" ──`]),
    ...hits.map(({ page, matches, snippet }) => `page ${page.number}, ${matches} ×: … ${snippet} …`),
  ].join('\n');
}
