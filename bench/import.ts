import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PDFDocument } from 'pdf-lib';

import { createNotebook, SchoolClient, startImport, uploadFile } from '@terakoya/common/school-client';

import { type ToolCommand, requireTool } from '../common/system-tools';
import { eventually } from '../common/testkit/eventually';
import { benchJobs } from './jobs';
import type { BenchResult } from './main';
import { memoryOf } from './processes';
import { withSchool } from './school';
import { median, round } from './statistics';

/** A PDF of so many pages, made of the lesson's pages again and again. */
async function pdfOf(pages: number): Promise<Uint8Array> {
  const lesson = await PDFDocument.load(readFileSync(join(__dirname, '..', 'tests', 'fixtures', 'lesson.pdf')));
  const made = await PDFDocument.create();
  for (let page = 0; page < pages; page += 1) {
    const [copy] = await made.copyPages(lesson, [page % lesson.getPageCount()]);
    if (copy) made.addPage(copy);
  }
  return made.save();
}

async function timeImport(client: SchoolClient, file: string): Promise<number> {
  const notebookId = await createNotebook(client, 'bench');
  const fileId = await uploadFile(client, file);
  const began = performance.now();
  const { id } = await startImport(client, notebookId, fileId);
  await eventually(
    async () => {
      const { data } = await client.ask<{ importJob: { state: string } }>(
        'query J($id: ID!) { importJob(id: $id) { state } }',
        { id },
      );
      if (data.importJob.state !== 'COMPLETED') throw new Error(`the import is ${data.importJob.state}`);
    },
    { timeoutMs: 120_000, everyMs: 50 },
  );
  return (performance.now() - began) / 1000;
}

/** pdftoppm rendering the same pages at the resolution of our previews, as JPEG. */
function timePdftoppm({ command, env }: ToolCommand, file: string, folder: string): number {
  const began = performance.now();
  execFileSync(command, ['-r', '150', '-jpeg', file, join(folder, 'page')], { env: { ...process.env, ...env } });
  return (performance.now() - began) / 1000;
}

/** The 99th percentile of the event loop's delay, in milliseconds, as a process tells it in its metrics. */
async function loopDelayP99(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds ([\d.e-]+)/m.exec(text)?.[1] ?? Number.NaN) * 1000;
}

/**
 * A PDF through the whole school (upload, inspection, images and text of every page, events) against pdftoppm rendering
 * its pages, in turn; then jobs through outbox, queue, effect and event against BullMQ alone.
 */
export async function benchImport({
  isSmoke,
  report,
}: {
  isSmoke: boolean;
  report: (line: string) => void;
}): Promise<BenchResult> {
  const pages = isSmoke ? 6 : 50;
  const folder = mkdtempSync(join(tmpdir(), 'terakoya-bench-pdf-'));
  const file = join(folder, 'bench.pdf');
  writeFileSync(file, await pdfOf(pages));
  const pdftoppm = await requireTool('pdftoppm', { report });
  const ours: number[] = [];
  const theirs: number[] = [];
  const { delay, peak } = await withSchool(
    ['app', 'ocr-worker'],
    () => undefined,
    async (school) => {
      const client = new SchoolClient(`${await school.urlOf('gateway')}/graphql`);
      await client.signUp('Bench');
      await timeImport(client, file);
      for (let run = 0; run < (isSmoke ? 1 : 5); run += 1) {
        ours.push(await timeImport(client, file));
        theirs.push(timePdftoppm(pdftoppm, file, folder));
        report(`${pages} pages: ours ${ours.at(-1)?.toFixed(2)} s, pdftoppm ${theirs.at(-1)?.toFixed(2)} s`);
      }
      const measured = ['notes', 'notes-worker', 'gateway'] as const;
      const delays = await Promise.all(
        measured.map(async (name) => loopDelayP99(`${await school.urlOf(name)}/metrics`)),
      );
      return { delay: Math.max(...delays), peak: memoryOf(school.process('notes-worker').pid ?? 0, 'VmHWM') };
    },
  );
  rmSync(folder, { recursive: true, force: true });
  const jobs = await benchJobs(isSmoke, report);
  return {
    figures: {
      pages_vs_pdftoppm: round(median(theirs) / median(ours)),
      loop_delay_p99_ms: round(delay),
      jobs_vs_bullmq: round(jobs.ours / jobs.bullmq),
      peak_rss_mb: round(peak, 0),
    },
    details: {
      pages,
      pages_per_second: round(pages / median(ours)),
      pdftoppm_pages_per_second: round(pages / median(theirs)),
      jobs_per_second: round(jobs.ours, 0),
      bullmq_jobs_per_second: round(jobs.bullmq, 0),
      loop_delay_of: 'the largest of notes, notes-worker and gateway since their start',
      peak_rss_of: 'notes-worker',
    },
  };
}
