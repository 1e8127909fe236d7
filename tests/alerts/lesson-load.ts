import { setTimeout as delay } from 'node:timers/promises';

import {
  GraphError,
  SchoolClient,
  createNotebook,
  loadNotebook,
  startImport,
  uploadBytes,
} from '@terakoya/common/school-client';

import { probePage } from '../../observability/src/probe/probe-page';
import { newWord } from '../../observability/src/probe/steps';

const READ_EVERY_MS = 150;
const IMPORT_EVERY_MS = 1_500;
const WATCH = 'subscription Watch($id: ID!) { notebookChanged(id: $id) { kind } }';

/**
 * Pupils at work, until it is closed: somebody reads a notebook across the subgraphs, somebody imports pages, somebody
 * listens. What fails is not told: the system's own metrics are to tell it.
 */
export class LessonLoad {
  readonly #ending = new AbortController();
  readonly #running: Promise<void>[] = [];
  readonly #clients: SchoolClient[] = [];

  constructor(private readonly url: string) {}

  async start(): Promise<void> {
    const client = await this.#newPupil();
    const notebookId = await createNotebook(client, 'Lesson');
    await importPage(client, notebookId);
    this.#running.push(
      this.#repeat(READ_EVERY_MS, async () => void (await loadNotebook(client, notebookId))),
      this.#repeat(IMPORT_EVERY_MS, async () => importPage(client, await createNotebook(client, 'Import'))),
      this.#listen(client, notebookId),
    );
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#clients.map((client) => client.close()));
    await Promise.all(this.#running);
  }

  async #newPupil(): Promise<SchoolClient> {
    const client = new SchoolClient(this.url);
    this.#clients.push(client);
    await client.signUp('Pupil');
    return client;
  }

  async #repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    while (!this.#ending.signal.aborted) {
      await work().catch(expected);
      await delay(everyMs, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    }
  }

  async #listen(client: SchoolClient, id: string): Promise<void> {
    await this.#repeat(READ_EVERY_MS, async () => {
      for await (const result of client.subscribe(WATCH, { id })) if (result.errors) return;
    });
  }
}

async function importPage(client: SchoolClient, notebookId: string): Promise<void> {
  const fileId = await uploadBytes(client, probePage(newWord()), 'page.pdf', 'application/pdf');
  await startImport(client, notebookId, fileId);
}

/** Errors are what a fault makes; anything else is a mistake of this file. */
function expected(error: unknown): void {
  // graphql-ws rejects with the errors of a refused subscription, or with the event of a connection that closed.
  const isOfSubscription = Array.isArray(error) || !(error instanceof Error);
  if (isOfSubscription || error instanceof GraphError) return;
  if (!/fetch|timeout|abort|socket|close/i.test(`${error.name} ${error.message}`)) throw error;
}
