import { Client } from 'pg';

import { asViewer } from '@terakoya/common/testkit';

import { openNotes } from './open-notes';

let notes: Awaited<ReturnType<typeof openNotes>>;
const viewer = asViewer('STUDENT');
const notebooks: string[] = [];

const PAGES = [
  '植物は光 合\n成で養分をつくる。光は力になる。',
  'ｶﾞｸｼｭｳ ノート：ﾊﾟﾝ、ＤＮＡ',
  'Photosynthesis turns LIGHT into sugar.\nLight and water are needed.',
  'Sale: 50% off, snake_case and C:\\temp',
  'Sale: 50 percent off, snakeXcase',
  '合光 成光 だけの頁',
  '光合と合成',
];

beforeAll(async () => {
  notes = await openNotes();
  for (const pages of [PAGES, ['光合成の復習']]) {
    const notebookId = await notes.createNotebook(viewer);
    notebooks.push(notebookId);
    await notes.importPages(
      viewer,
      notebookId,
      pages.map((embedded) => ({ embedded })),
    );
  }
});
afterAll(() => notes.close());

interface Hit {
  readonly page: { readonly number: number; readonly notebook: { readonly id: string } };
  readonly snippet: string;
  readonly matches: number;
}

async function search(query: string, more: Record<string, unknown> = { notebookId: notebooks[0] }) {
  const { data, errors } = await viewer.ask(
    notes.base,
    `query ($query: String!, $notebookId: ID, $first: Int! = 20, $after: String) {
      searchPages(query: $query, notebookId: $notebookId, first: $first, after: $after) {
        edges { node { page { number notebook { id } } snippet matches } } pageInfo { hasNextPage endCursor } } }`,
    { query, ...more },
  );
  expect(errors).toEqual([]);
  const hits: Hit[] = data.searchPages.edges.map(({ node }: { node: Hit }) => node);
  return {
    hits,
    pageInfo: data.searchPages.pageInfo,
    found: hits.map(({ page, matches }) => `${page.number}×${matches}`).join(' '),
  };
}

test.each([
  ['one kanji', '光', '1×2 6×2 7×1'],
  ['two kanji', '光合', '1×1 7×1'],
  ['three kanji over a line break', '光合成', '1×1'],
  ['the same kanji in another order', '合光', '6×1'],
  ['kanji spaced in the query', '光 合　成', '1×1'],
  ['full-width katakana for half-width text', 'ガクシュウ', '2×1'],
  ['half-width katakana', 'ｶﾞｸｼｭｳﾉｰﾄ', '2×1'],
  ['a voiced kana is not the unvoiced', 'カ', ''],
  ['half-width p-sound', 'パン', '2×1'],
  ['Latin for full-width Latin', 'dna', '2×1'],
  ['English whatever the case', 'light', '3×2'],
  ['English over a line break', 'SUGAR. light', '3×1'],
  ['a part of a word', 'synth', '3×1'],
  ['one letter', 'w', '3×1'],
  ['a per cent sign', '50%', '4×1'],
  ['a per cent sign alone', '%', '4×1'],
  ['an underscore', 'snake_case', '4×1'],
  ['an underscore alone', '_', '4×1'],
  ['a backslash', 'c:\\temp', '4×1'],
  ['a quote', "'", ''],
  ['what is not there', '影', ''],
])('finds exactly %s (page × matches)', async (_what, query, expected) => {
  expect((await search(query)).found).toBe(expected);
});

test('shows the text around the first match as it is on the page', async () => {
  const { hits } = await search('LIGHT');
  expect(hits[0]?.snippet).toBe('Photosynthesis turns LIGHT into sugar. Light and water are needed.');
});

test('searches all notebooks of the viewer, in order and in parts', async () => {
  const all = await search('光', {});
  const order = all.hits.map(({ page }) => `${notebooks.indexOf(page.notebook.id)}.${page.number}`);
  expect(order).toEqual(['0.1', '0.6', '0.7', '1.1']);
  const parts: string[] = [];
  let after: string | undefined;
  do {
    const { hits, pageInfo } = await search('光', { first: 1, after });
    parts.push(...hits.map(({ page }) => `${notebooks.indexOf(page.notebook.id)}.${page.number}`));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  } while (after !== undefined);
  expect(parts).toEqual(order);
});

test('the grams can be answered from their index', async () => {
  const client = new Client({ connectionString: notes.databaseUrl });
  await client.connect();
  try {
    await client.query('SET enable_seqscan = off; SET enable_indexscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT page_id FROM notes.page_text WHERE grams @> ARRAY['光合'] AND search_text LIKE '%光合%'`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('page_text_grams');
  } finally {
    await client.end();
  }
});
