import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { usePostgres } from '@terakoya/common/local-servers';
import {
  SchoolClient,
  createNotebook,
  loadNotebook,
  searchNotebook,
  startImport,
  uploadFile,
  watchImport,
} from '@terakoya/common/school-client';
import { Client } from 'pg';

import { temporaryFolder } from '../../common/testkit';
import { ROOT } from '../../scripts/start/services';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(240_000);

const NOTES = 10_000;
const folder = temporaryFolder();
const backup = join(folder.path, 'backup');
const without = ['app', 'media', 'recording-worker'] as const;
const under = new SchoolUnderTest({ without });
let notebookId = '';

afterAll(async () => {
  await under.close();
  folder.remove();
});

/** One of the commands, as an operator runs it; rejects with what it said when it fails. */
async function run(command: 'backup' | 'restore', ...given: string[]): Promise<string> {
  const script = [join(ROOT, 'scripts', 'run.mjs'), 'scripts/backup/main.ts', command, ...given];
  const environment = { ...process.env, TERAKOYA_DATA: under.school.dataDirectory };
  const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: ROOT, env: environment });
  return stdout;
}

async function inDatabase<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const dataDirectory = join(under.school.dataDirectory, 'postgres');
  const server = await usePostgres({ dataDirectory, port: 0, report: () => undefined });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    await server.stop();
  }
}

/** A hash of every table's rows and of every file. */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = await inDatabase(async (client) => {
    const { rows: names } = await client.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'migrations' ORDER BY 1`,
    );
    const hashes: [string, string][] = [];
    for (const { name } of names) {
      const { rows } = await client.query<{ hash: string | null }>(
        `SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) AS hash FROM ${name} row`,
      );
      hashes.push([name, rows[0]?.hash ?? 'empty']);
    }
    return hashes;
  });
  const objects = join(under.school.dataDirectory, 'files', 'objects');
  const files = readdirSync(objects, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hashes = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name);
    return [path.slice(objects.length), createHash('sha256').update(readFileSync(path)).digest('hex')];
  });
  return Object.fromEntries([...tables, ...hashes]);
}

/** Ten thousand notes of one page each, written past the services: they are only to be many. */
async function writeNotes(): Promise<void> {
  await inDatabase(async (client) => {
    await client.query(`
      WITH own AS (SELECT owner_id, id AS import_id FROM notes.import_job LIMIT 1),
      made AS (
        INSERT INTO notes.notebook (id, owner_id, title, page_count, next_number)
        SELECT gen_random_uuid(), owner_id, 'Note ' || n, 1, 2 FROM own, generate_series(1, ${NOTES}) n
        RETURNING id, owner_id, title
      ),
      jobs AS (
        INSERT INTO notes.import_job (id, notebook_id, owner_id, file_id, run_id, state)
        SELECT gen_random_uuid(), id, owner_id, gen_random_uuid(), gen_random_uuid(), 'COMPLETED' FROM made
        RETURNING id, notebook_id, owner_id
      ),
      pages AS (
        INSERT INTO notes.page (id, notebook_id, owner_id, import_id, number, source_number, state, width, height)
        SELECT gen_random_uuid(), notebook_id, owner_id, id, 1, 1, 'READ', 595, 842 FROM jobs
        RETURNING id, notebook_id, owner_id
      )
      INSERT INTO notes.page_text (page_id, owner_id, notebook_id, number, text, words, search_text, grams)
      SELECT pages.id, pages.owner_id, notebook_id, 1, E'光合成\\t' || title || E'\\n\\\\N', '[]', title, '{}'
      FROM pages JOIN made ON made.id = notebook_id`);
  });
}

let before: Record<string, string>;

test('a school at work is copied', async () => {
  await under.start();
  const client = await teacher();
  notebookId = await createNotebook(client, 'Kept');
  const fileId = await uploadFile(client, join(__dirname, '..', 'fixtures', 'lesson.pdf'));
  await watchImport(
    client,
    notebookId,
    () => startImport(client, notebookId, fileId),
    () => undefined,
  );
  await writeNotes();
  expect(await run('backup', backup)).toMatch(/Backed up to .* in [\d.]+ s\./);
  await under.school.close();
  before = await fingerprint();
  expect(Object.keys(before).length).toBeGreaterThan(40);
});

test('nothing is changed by a backup that is damaged, or over a school that is there', async () => {
  await expect(run('restore', backup)).rejects.toThrow('There is a school already');
  const table = join(backup, 'database', 'notes.page_text.copy.gz');
  const whole = readFileSync(table);
  appendFileSync(table, 'x');
  await expect(run('restore', backup, '--replace')).rejects.toThrow('is damaged: the table notes.page_text');
  writeFileSync(table, whole);
  await expect(run('restore', folder.path, '--replace')).rejects.toThrow('it has no manifest');
  expect(await fingerprint()).toEqual(before);
});

test('a wiped school is restored to the same content', async () => {
  for (const part of ['postgres', 'redis', 'files']) {
    rmSync(join(under.school.dataDirectory, part), { recursive: true, force: true });
  }
  expect(await run('restore', backup)).toMatch(/Restored from .* in [\d.]+ s\./);
  const after = await fingerprint();
  expect(after).toEqual(before);
});

test('the restored school works: notes are read, found and shown', async () => {
  const again = new SchoolUnderTest({ without, environment: { TERAKOYA_DATA: under.school.dataDirectory } });
  try {
    await again.start();
    const client = await teacher(again);
    const { pages, summary } = await loadNotebook(client, notebookId);
    expect(pages.length).toBeGreaterThan(0);
    expect(summary?.state).toBe('READY');
    expect((await fetch(pages[0]?.imageUrl ?? '')).status).toBe(200);
    expect((await searchNotebook(client, notebookId, '葉緑体')).length).toBeGreaterThan(0);
    await expect(run('restore', backup, '--replace')).rejects.toThrow('The school is at work');
  } finally {
    await again.close();
  }
});

async function teacher(school = under): Promise<SchoolClient> {
  const client = await school.nobody();
  await client.signIn('teacher@demo.terakoya.school', 'terakoya-demo');
  return client;
}
