import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

import type { Closable } from '../lifecycle';

export interface Leadership extends Closable {
  /** Resolves when a row was inserted, or after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** Why the leadership was lost, when it was. */
  failed(): Error | undefined;
}

const ASK_AGAIN_MS = 500;

/**
 * Waits until this process may dispatch the schema's outbox: the holder of a session's advisory lock. The lock ends with
 * the connection, so a process that dies makes way for another.
 */
export async function openLeadership(url: string, schema: string, signal: AbortSignal): Promise<Leadership> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  let failure: Error | undefined;
  let wake = (): void => undefined;
  client.on('error', (error) => {
    failure = error;
    wake();
  });
  client.on('notification', () => wake());
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(`outbox_${schema}`)}`);
    while (!(await tryLock(client, schema))) await delay(ASK_AGAIN_MS, undefined, { signal });
  } catch (error) {
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
    throw error;
  }
  let isWoken = true;
  return {
    failed: () => failure,
    async wait(milliseconds) {
      if (!isWoken && !signal.aborted && !failure) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isWoken = false;
      wake = () => void (isWoken = true);
    },
    async close() {
      signal.removeEventListener('abort', stop);
      await client.end().catch(() => undefined);
    },
  };
}

async function tryLock(client: Client, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS locked', [
    `outbox:${schema}`,
  ]);
  return rows[0]?.locked ?? false;
}
