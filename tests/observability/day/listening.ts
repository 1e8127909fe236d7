import { randomUUID } from 'node:crypto';

import { type SchoolClient, createNotebook } from '@terakoya/common/school-client';

import type { SchoolUnderTest } from '../../e2e/school-under-test';
import { enterSchool } from './class';

const WATCH = `subscription Watch($id: ID!, $after: String) {
  notebookChanged(id: $id, after: $after) { kind cursor notebook { id title pageCount owner { displayName } } }
}`;

interface Change {
  readonly notebookChanged: { readonly cursor: string };
}

const CHANGES = 10;
/** How long an event stream may take to bring its first change. */
const STREAM_MS = 20_000;

/**
 * Listens to a notebook that is renamed again and again, over a WebSocket that is opened anew half-way with the cursor of
 * the last change, as a browser does whose network was away.
 */
export async function listenAndReconnect(client: SchoolClient): Promise<void> {
  const id = await createNotebook(client, 'Renamed');
  const cursor = await hearChanges(client, id, undefined);
  // The connection was closed with its last subscription.
  await hearChanges(client, id, cursor);
}

/** Listens over an event stream, as browsers do where WebSockets are blocked, until the first change has come. */
export async function listenByEventStream(under: SchoolUnderTest): Promise<void> {
  const account = { displayName: 'Sora', email: `${randomUUID()}@example.org`, password: randomUUID() };
  const { accessToken } = await enterSchool(under, 'signUp', 'SignUpInput', account);
  const owner = await under.nobody();
  await owner.signIn(account.email, account.password);
  const id = await createNotebook(owner, 'Streamed');
  let isDone = false;
  const response = await fetch(await under.graphqlUrl(), {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${accessToken}`,
    },
    body: JSON.stringify({ query: WATCH, variables: { id } }),
    signal: AbortSignal.timeout(STREAM_MS),
  });
  const renaming = rename(owner, id, () => isDone);
  try {
    if (!response.body) throw new Error(`There is no event stream: ${response.status}.`);
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('notebookChanged')) break;
    }
  } finally {
    isDone = true;
    await renaming;
  }
}

async function hearChanges(client: SchoolClient, id: string, after: string | undefined): Promise<string> {
  const changes = client.subscribe<Change>(WATCH, { id, after });
  let cursor = after ?? '';
  let isDone = false;
  const renaming = rename(client, id, () => isDone);
  try {
    for (let heard = 0; heard < CHANGES; heard += 1) {
      const { value, done } = await changes.next();
      if (done) throw new Error('The subscription ended.');
      const change = value.data?.notebookChanged;
      if (!change) throw new Error(`A change could not be read: ${JSON.stringify(value.errors)}`);
      ({ cursor } = change);
    }
  } finally {
    isDone = true;
    await renaming;
    await changes.return?.();
  }
  return cursor;
}

/** Whoever has just subscribed hears of the next change: they are made until enough was heard, at most 500. */
async function rename(client: SchoolClient, notebookId: string, isDone: () => boolean): Promise<void> {
  for (let time = 0; time < 500 && !isDone(); time += 1) {
    await client.ask('mutation Rename($input: RenameNotebookInput!) { renameNotebook(input: $input) { id } }', {
      input: { notebookId, title: `Renamed ${randomUUID()}` },
    });
  }
}
