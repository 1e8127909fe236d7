import { randomUUID as uuid } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { createAccessTokens } from '../../common/auth';
import { Secret } from '../../common/config';

export interface ResumingClientOptions {
  readonly url: string;
  readonly secret: string;
  readonly notebookId: string;
}

const QUERY = `subscription Watch($id: ID!, $after: String) {
  notebookChanged(id: $id, after: $after) { kind page { id text } notebook { title summary } }
}`;

interface Told {
  readonly data?: { readonly notebookChanged?: Change | null } | null;
  readonly errors?: readonly unknown[];
  readonly extensions?: { readonly cursor?: string };
}

interface Change {
  readonly kind: string;
  readonly page: { readonly id: string; readonly text: string } | null;
  readonly notebook: { readonly title: string; readonly summary: string } | null;
}

/** A subscriber that connects again whenever its connection ends, and goes on from its last cursor. */
export class ResumingClient {
  /** The numbers of the events it was told, in order. */
  readonly numbers: number[] = [];
  /** What it was told that is not whole: the missing parts come with a query. */
  partial = 0;
  connections = 0;
  /** Errors that ended the subscription for good. */
  readonly failures: string[] = [];
  cursor: string | null = null;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #viewer = { userId: uuid(), role: 'STUDENT', sessionId: uuid() } as const;

  constructor(private readonly options: ResumingClientOptions) {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && this.failures.length === 0) {
      await this.#connect(signal);
      await delay(50 + Math.random() * 200, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the connection has ended, whyever. */
  #connect(signal: AbortSignal): Promise<void> {
    const { url, secret, notebookId } = this.options;
    const { token } = createAccessTokens(new Secret(secret)).sign(this.#viewer, 3_600);
    this.connections += 1;
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        void client.dispose();
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
      client.subscribe<Told['data']>(
        { query: QUERY, variables: { id: notebookId, after: this.cursor } },
        { next: (told) => this.#take(told as Told), error: (error) => this.#failed(error, end), complete: end },
      );
    });
  }

  #take({ data, errors, extensions }: Told): void {
    const change = data?.notebookChanged;
    this.cursor = extensions?.cursor ?? this.cursor;
    if (change?.kind !== 'PAGE_READ') return;
    this.numbers.push(Number(change.page?.id.slice(-12)));
    if (errors || !change.page?.text || !change.notebook?.summary) this.partial += 1;
  }

  /** An array is what the server says of the operation; anything else concerns the connection. */
  #failed(error: unknown, end: () => void): void {
    if (Array.isArray(error)) {
      const told = error as { readonly message: string; readonly extensions?: { readonly code?: string } }[]; // GraphQL's errors
      const final = told.filter(({ extensions }) => extensions?.code !== 'UNAVAILABLE');
      this.failures.push(...final.map(({ message, extensions }) => `${extensions?.code}: ${message}`));
    }
    end();
  }
}
