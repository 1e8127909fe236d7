/** `npm run demo -- FILE...`: acts as a frontend does, through the one GraphQL URL only. `--json` for machines. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import {
  createNotebook,
  GraphError,
  loadNotebook,
  SchoolClient,
  searchNotebook,
  startImport,
  uploadFile,
  watchImport,
} from '@terakoya/common/school-client';

import { tellFailure } from '../tell-failure';
import { bar, describeNotebook } from './print';

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    url: { type: 'string', default: process.env.TERAKOYA_URL ?? 'http://localhost:4000/graphql' },
    traces: { type: 'string', default: process.env.TERAKOYA_TRACES_URL ?? 'http://localhost:4318' },
    email: { type: 'string', default: 'teacher@demo.terakoya.school' },
    password: { type: 'string', default: process.env.DEMO_PASSWORD ?? 'terakoya-demo' },
  },
});

const say = (line: string): void => void (options.json || console.log(line));

async function demonstrate(client: SchoolClient, file: string) {
  const notebookId = await createNotebook(client, basename(file));
  say(`\n${basename(file)}: uploading by signed URL …`);
  const fileId = await uploadFile(client, file);
  let traceId: string | null = null as string | null; // set by the callback below, which the compiler does not follow
  const began = Date.now();
  await watchImport(
    client,
    notebookId,
    async () => ({ traceId } = await startImport(client, notebookId, fileId)),
    (progress) => void (options.json || process.stdout.write(`\r${bar(progress)}`)),
  );
  const seconds = (Date.now() - began) / 1000;
  const notebook = await loadNotebook(client, notebookId);
  const term = notebook.summary?.keywords[0]?.term ?? '';
  const hits = term === '' ? [] : await searchNotebook(client, notebookId, term);
  const traceUrl = traceId === null ? null : `${options.traces}/traces/${traceId}`;
  say(`\n${describeNotebook(notebook, term, hits, seconds)}`);
  if (traceUrl) say(`Trace ${traceId}: ${traceUrl}`);
  return { file, seconds, traceId, traceUrl, notebook, search: { term, hits } };
}

async function main(): Promise<void> {
  if (files.length === 0)
    throw new GraphError('Name at least one file: npm run demo -- FILE.pdf', 'BAD_USER_INPUT', []);
  const client = new SchoolClient(options.url);
  try {
    const user = await client.signIn(options.email, options.password);
    say(`Signed in as ${user.displayName} at ${options.url}`);
    const { data } = await client.ask<{ createClass: { name: string; invitationCode: string } }>(
      'mutation CreateClass($input: CreateClassInput!) { createClass(input: $input) { name invitationCode } }',
      { input: { name: 'Demo class' } },
    );
    say(`Made the class "${data.createClass.name}"; others join with ${data.createClass.invitationCode}`);
    const results = [];
    for (const file of files) results.push(await demonstrate(client, file));
    if (options.json) console.log(JSON.stringify({ results }, null, 2));
  } finally {
    await client.close();
  }
}

main().catch((error: unknown) => tellFailure(options.url, error));
