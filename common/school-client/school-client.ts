import { randomUUID } from 'node:crypto';

import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';

/** An error of the graph as a client sees it. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  constructor(
    message: string,
    readonly code: string,
    readonly path: readonly (string | number)[],
  ) {
    super(message);
  }
}

export interface Answer<T> {
  readonly data: T;
  readonly traceId: string | null;
}

const responseSchema = z.object({
  data: z.unknown().optional(), // not there when the request was refused
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string() }).loose().optional(),
      }),
    )
    .optional(),
});

const REQUEST_MS = 30_000;

/** A frontend's view of the school: one GraphQL URL, and nothing else. */
export class SchoolClient {
  #accessToken: string | null = null;
  #refreshToken: string | null = null;
  #subscriptions: Client | undefined;

  constructor(readonly url: string) {}

  async signIn(email: string, password: string): Promise<{ displayName: string }> {
    const { data } = await this.ask<{
      signIn: { accessToken: string; refreshToken: string; user: { displayName: string } };
    }>(
      'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken user { displayName } } }',
      { input: { email, password } },
    );
    this.#accessToken = data.signIn.accessToken;
    this.#refreshToken = data.signIn.refreshToken;
    return data.signIn.user;
  }

  /** Ends the session that `signIn` began; nothing happens without one. */
  async signOut(): Promise<void> {
    if (this.#refreshToken === null) return;
    const input = { refreshToken: this.#refreshToken };
    this.#refreshToken = null;
    await this.ask('mutation SignOut($input: SignOutInput!) { signOut(input: $input) }', { input });
    this.#accessToken = null;
  }

  /** Makes an account of its own and signs in. */
  async signUp(displayName: string): Promise<{ id: string }> {
    const input = { displayName, email: `${randomUUID()}@example.org`, password: randomUUID() };
    const { data } = await this.ask<{ signUp: { accessToken: string; user: { id: string } } }>(
      'mutation SignUp($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } } }',
      { input },
    );
    this.#accessToken = data.signUp.accessToken;
    return data.signUp.user;
  }

  /** Data of a query or mutation; throws GraphError for the first error. */
  async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer<T>> {
    const { body, traceId } = await this.post(query, variables);
    const [error] = body.errors ?? [];
    if (error) throw new GraphError(error.message, error.extensions?.code ?? '', error.path ?? []);
    return { data: body.data as T, traceId }; // the caller wrote the query
  }

  /** The whole response, errors included. */
  async post(query: string, variables: Readonly<Record<string, unknown>> = {}) {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#accessToken === null ? {} : { authorization: `Bearer ${this.#accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    return { body: responseSchema.parse(await response.json()), traceId: response.headers.get('x-trace-id') };
  }

  /** Results of a subscription until the returned iterator is ended. Reconnecting is the caller's: it knows the cursor. */
  subscribe<T>(query: string, variables: Readonly<Record<string, unknown>>) {
    this.#subscriptions ??= createClient({
      url: this.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${this.#accessToken ?? ''}` },
    });
    return this.#subscriptions.iterate<T>({ query, variables });
  }

  async close(): Promise<void> {
    await this.#subscriptions?.dispose();
  }
}
