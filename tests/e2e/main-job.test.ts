import { join } from 'node:path';

import {
  createNotebook,
  type ImportedNotebook,
  loadNotebook,
  type SchoolClient,
  searchNotebook,
  startImport,
  uploadFile,
  watchImport,
} from '@terakoya/common/school-client';

import type { StoredSpan } from '../../observability/src/traces/otlp';
import { treeOf } from '../../observability/src/traces/trace-tree';
import { characterErrorRate } from '../fixtures/character-error-rate';
import { LESSON_PAGES, PHOTO_PAGE, SCAN_PAGES } from '../fixtures/lesson';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(120_000);

const under = new SchoolUnderTest();
let client: SchoolClient;

beforeAll(async () => {
  await under.start();
  client = await under.newPupil();
});
afterAll(() => under.close());

async function importFixture(file: string): Promise<{ notebook: ImportedNotebook; kinds: string[]; traceId: string }> {
  const notebookId = await createNotebook(client, file);
  const fileId = await uploadFile(client, join(__dirname, '..', 'fixtures', file));
  const kinds: string[] = [];
  let traceId: string | null = null;
  const start = async () => ({ traceId } = await startImport(client, notebookId, fileId));
  await watchImport(client, notebookId, start, ({ kind }) => kinds.push(kind));
  return { notebook: await loadNotebook(client, notebookId), kinds, traceId: traceId ?? '' };
}

describe.each([
  ['lesson.pdf', LESSON_PAGES, 'EMBEDDED', '葉緑体'],
  ['scan-ja.pdf', SCAN_PAGES, 'OCR', '川'],
  ['photo-en.jpg', [PHOTO_PAGE], 'OCR', 'chloroplasts'],
] as const)('%s', (file, known, source, term) => {
  let imported: Awaited<ReturnType<typeof importFixture>>;
  beforeAll(async () => {
    imported = await importFixture(file);
  });

  test('every page is read, with at most 2 % of the characters wrong', () => {
    const { pages } = imported.notebook;
    expect(pages.map(({ number, state, textSource }) => ({ number, state, textSource }))).toEqual(
      known.map((_, index) => ({ number: index + 1, state: 'READ', textSource: source })),
    );
    const rates = pages.map(({ text }, index) => characterErrorRate((known[index] ?? []).join(''), text ?? ''));
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.02);
    for (const { text } of pages)
      expect(text).not.toMatch(/[\p{Script=Han}\p{Script=Hiragana}] [\p{Script=Han}\p{Script=Hiragana}]/u);
  });

  test('its summary and key words are there, and search finds its words', async () => {
    const { summary, id } = imported.notebook;
    expect(summary?.state).toBe('READY');
    expect([...(summary?.short ?? '')].length).toBeLessThanOrEqual(50);
    expect([...(summary?.medium ?? '')].length).toBeLessThanOrEqual(200);
    expect(summary?.medium).not.toBe('');
    expect(summary?.keywords.length).toBeGreaterThan(3);
    const hits = await searchNotebook(client, id, term);
    expect(hits.length).toBeGreaterThan(0);
    expect(hits[0]?.snippet).toContain(term);
  });

  test('the images of its pages can be fetched by their signed URLs', async () => {
    for (const { imageUrl } of imported.notebook.pages) {
      const image = await fetch(imageUrl ?? '');
      expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(Buffer.from(await image.arrayBuffer()).readUInt16BE(0)).toBe(0xffd8);
    }
  });

  test('the changes came in order', () => {
    const { kinds } = imported;
    expect(kinds.slice(0, 2)).toEqual(['IMPORT_STARTED', 'IMPORT_PAGES_FOUND']);
    expect(kinds.filter((kind) => kind === 'PAGE_READ')).toHaveLength(known.length);
    expect(kinds.at(-1)).toBe('IMPORT_COMPLETED');
  });
});

/** The services of spans by time, each where it first takes part. */
function servicesInOrder(spans: readonly (StoredSpan | undefined)[]): string[] {
  const known = spans.filter((span) => span !== undefined).toSorted((a, b) => a.startMs - b.startMs);
  return [...new Set(known.map(({ service }) => service))];
}

/** The services of the spans that a span stands under, from itself to the root. */
function ancestorsOf(spans: readonly StoredSpan[], last: StoredSpan | undefined): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const services: string[] = [];
  for (let span = last; span; span = byId.get(span.parentSpanId ?? '')) services.push(span.service);
  return services;
}

test('one trace covers the way from the request to the last delivery, as a tree without orphans', async () => {
  const { traceId } = await importFixture('scan-ja.pdf');
  // Services in the order in which they take part, with the first span of each step.
  const way = [
    ['gateway', 'POST /graphql'],
    ['gateway', 'gateway.fetch notes'],
    ['notes', 'POST /graphql'],
    ['notes', 'dispatch inspect-document'],
    ['notes-worker', 'run inspect-document'],
    ['notes-worker', 'thread documents'],
    ['notes', 'apply inspect-document'],
    ['notes-worker', 'run render-page'],
    ['ocr-worker', 'run read-page'],
    ['ocr-worker', 'thread reading'],
    ['notes', 'apply read-page'],
    ['notes', 'dispatch notes.import.completed'],
    ['assistant', 'consume notes.import.completed'],
    ['ai-proxy', 'run summarise-notebook'],
    ['ai-proxy', 'thread summarising'],
    ['assistant', 'apply summarise-notebook'],
  ] as const;
  const firstOf = (spans: readonly StoredSpan[], [service, name]: readonly [string, string]) =>
    spans.find((span) => span.service === service && span.name === name);
  const spans = await under.trace(traceId, (found) => {
    expect(way.filter((step) => !firstOf(found, step))).toEqual([]);
    expect(found.filter(({ name }) => name === 'deliver notebookChanged').length).toBeGreaterThanOrEqual(8);
    expect(treeOf(found).filter(({ isOrphan }) => isOrphan)).toEqual([]);
  });

  expect(
    treeOf(spans)
      .filter(({ depth }) => depth === 0)
      .map(({ span }) => span.service),
  ).toEqual(['gateway']);
  const lastDelivery = spans.findLast(({ name }) => name === 'deliver notebookChanged');
  expect(lastDelivery?.service).toBe('realtime');
  const executions = new Set(
    spans.filter(({ name }) => name === 'execute notebookChanged').map(({ spanId }) => spanId),
  );
  const deliveries = spans.filter(({ name }) => name === 'deliver notebookChanged');
  expect(deliveries.filter(({ parentSpanId }) => !executions.has(parentSpanId ?? ''))).toEqual([]);
  const times = [...way.map((step) => firstOf(spans, step)?.startMs ?? 0), lastDelivery?.startMs ?? 0];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(servicesInOrder([...way.map((step) => firstOf(spans, step)), lastDelivery])).toEqual([
    'gateway',
    'notes',
    'notes-worker',
    'ocr-worker',
    'assistant',
    'ai-proxy',
    'realtime',
  ]);
  expect(ancestorsOf(spans, lastDelivery)).toEqual(
    expect.arrayContaining(['realtime', 'assistant', 'notes', 'gateway']),
  );
  const names = spans.map(({ name }) => name);
  expect(names.some((name) => name.startsWith('pg.query'))).toBe(true);
  expect(JSON.stringify(spans).includes('光合成')).toBe(false);
});
