import { type Client, createClient } from 'graphql-ws';

import type { TypedDocumentString } from '../generated/graphql';
import { refreshSession } from './session.documents';
import { type SignedIn, Tokens } from './tokens';

/** An error of the graph: its message is meant for people, its code for programs. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Failure {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown };
}

const REQUEST_MS = 30_000;
/** A connection that does not answer a ping for so long is given up, and opened again. */
const KEEP_ALIVE_MS = 10_000;
const RETRIES = 60;
const LONGEST_WAIT_MS = 4_000;

/** Codes of a gateway that does not know a document by its hash. */
const UNKNOWN_DOCUMENT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** The graph as a page sees it. */
export class SchoolClient {
  readonly #tokens = new Tokens(
    async (refreshToken) => (await this.#asked(refreshSession, { refreshToken }, null)).refreshSession,
  );
  #socket: Client | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly url: string) {}

  use(signedIn: SignedIn): void {
    this.#tokens.use(signedIn);
  }

  /**
   * The data of a query or mutation; throws GraphError for the first error. The gateway knows our documents by their
   * hash; to one that does not the text is sent.
   */
  async ask<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    return this.#asked(document, variables, await this.#tokens.accessToken());
  }

  /** Sends a last mutation that outlives the page. What becomes of it is not heard. */
  async tellLast<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<void> {
    const token = await this.#tokens.accessToken();
    // With its text: there is no second try.
    const body = { query: document.toString(), ...nameOf(document), variables };
    await this.#post(body, token, { keepalive: true }).catch(() => undefined);
  }

  async #asked<R, V>(document: TypedDocumentString<R, V>, variables: V, token: string | null): Promise<R> {
    const named = await this.#post<R>({ ...nameOf(document), variables }, token);
    const isUnknown = UNKNOWN_DOCUMENT.has(String(named.errors?.[0]?.extensions?.code));
    const { data, errors } = isUnknown ? await this.#post<R>({ query: document.toString(), variables }, token) : named;
    if (errors?.[0]) throw graphError(errors[0]);
    return data;
  }

  async #post<R>(body: object, token: string | null, more: RequestInit = {}): Promise<{ data: R; errors?: Failure[] }> {
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
      ...more,
    }).catch(() => {
      throw new GraphError('The school cannot be reached.', 'UNAVAILABLE');
    });
    return (await response.json().catch(() => {
      throw new GraphError('The school cannot be reached.', 'UNAVAILABLE'); // what lies between answered in its place
    })) as { data: R; errors?: Failure[] }; // the schema says so
  }

  #awaitPong(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.terminate(), KEEP_ALIVE_MS / 2);
  }

  /** Calls `onData` for each result until the returned function is called. Goes on by itself after a broken connection. */
  watch<R, V extends Record<string, unknown>>(
    document: TypedDocumentString<R, V>,
    variables: () => V,
    onData: (data: R) => void,
    onError: (error: GraphError) => void,
  ): () => void {
    this.#socket ??= createClient({
      url: () => new URL(this.url, window.location.href).href.replace(/^http/, 'ws'),
      connectionParams: async () => ({ authorization: `Bearer ${(await this.#tokens.accessToken()) ?? ''}` }),
      keepAlive: KEEP_ALIVE_MS,
      retryAttempts: RETRIES,
      retryWait,
      shouldRetry: () => true,
      on: {
        ping: (isReceived) => {
          if (!isReceived) this.#awaitPong();
        },
        pong: () => clearTimeout(this.#silence),
        closed: () => clearTimeout(this.#silence),
      },
    });
    const payload = {
      query: document.toString(),
      ...nameOf(document),
      /** Read anew at each connection, so that a reconnect goes on behind the last cursor. */
      get variables() {
        return variables();
      },
    };
    return this.#socket.subscribe<R>(payload, {
      next: ({ data, errors }) => {
        if (errors?.[0]) onError(graphError(errors[0]));
        else if (data) onData(data);
      },
      error: (error) =>
        onError(
          Array.isArray(error)
            ? graphError(error[0] as Failure)
            : new GraphError('The connection was lost.', 'UNAVAILABLE'),
        ),
      complete: () => undefined,
    });
  }
}

/** Soon at first, then less and less often; not all at the same moment. */
function retryWait(retries: number): Promise<void> {
  const wait = Math.min(200 * 2 ** retries, LONGEST_WAIT_MS) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, wait));
}

/** How a document of ours is named: by the SHA-256 that is in the gateway's manifest. */
function nameOf<R, V>(document: TypedDocumentString<R, V>): object {
  const hash: unknown = document.__meta__?.hash;
  if (typeof hash !== 'string') return { query: document.toString() };
  return { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
}

function graphError({ message, extensions }: Failure): GraphError {
  return new GraphError(message, typeof extensions?.code === 'string' ? extensions.code : '');
}
