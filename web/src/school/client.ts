import { type Client, createClient } from 'graphql-ws';

import type { TypedDocumentString } from '../generated/graphql';

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

/** Codes of a gateway that does not know a document by its hash. */
const UNKNOWN_DOCUMENT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** The graph as a page sees it. The access token lives in memory only: a reload signs out. */
export class SchoolClient {
  #accessToken: string | null = null;
  #socket: Client | undefined;

  constructor(private readonly url: string) {}

  use(accessToken: string): void {
    this.#accessToken = accessToken;
  }

  /**
   * The data of a query or mutation; throws GraphError for the first error. The gateway knows our documents by their
   * hash; to one that does not the text is sent.
   */
  async ask<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    const named = await this.#post<R>({ ...nameOf(document), variables });
    const isUnknown = UNKNOWN_DOCUMENT.has(String(named.errors?.[0]?.extensions?.code));
    const { data, errors } = isUnknown ? await this.#post<R>({ query: document.toString(), variables }) : named;
    if (errors?.[0]) throw graphError(errors[0]);
    return data;
  }

  async #post<R>(body: object): Promise<{ data: R; errors?: Failure[] }> {
    const authorization: Record<string, string> =
      this.#accessToken === null ? {} : { authorization: `Bearer ${this.#accessToken}` };
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    }).catch(() => {
      throw new GraphError('The school cannot be reached.', 'UNAVAILABLE');
    });
    return (await response.json()) as { data: R; errors?: Failure[] }; // the schema says so
  }

  /** Calls `onData` for each result until the returned function is called. Goes on by itself after a broken connection. */
  watch<R, V extends Record<string, unknown>>(
    document: TypedDocumentString<R, V>,
    variables: () => V,
    onData: (data: R) => void,
    onError: (error: GraphError) => void,
  ): () => void {
    this.#socket ??= createClient({
      url: this.url.replace(/^http/, 'ws'),
      connectionParams: () => ({ authorization: `Bearer ${this.#accessToken ?? ''}` }),
      retryAttempts: 20,
      shouldRetry: () => true,
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

/** How a document of ours is named: by the SHA-256 that is in the gateway's manifest. */
function nameOf<R, V>(document: TypedDocumentString<R, V>): object {
  const hash: unknown = document.__meta__?.hash;
  if (typeof hash !== 'string') return { query: document.toString() };
  return { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
}

function graphError({ message, extensions }: Failure): GraphError {
  return new GraphError(message, typeof extensions?.code === 'string' ? extensions.code : '');
}
