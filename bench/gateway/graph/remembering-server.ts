import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type GraphQLSchema, execute, parse, validate } from 'graphql';

import { messageOf } from '../../../common/errors';

/** What a subgraph was asked since it started. */
export interface SubgraphCounts {
  readonly fetches: number;
  /** Representations in `_entities` arguments. */
  readonly entities: number;
  /** Fetches whose response had to be computed: the others were remembered. */
  readonly computed: number;
  /** Fetches that were no valid operation or had errors. */
  readonly failed: number;
}

interface Remembered {
  readonly response: Buffer;
  readonly entities: number;
}

/**
 * A subgraph that costs next to nothing: each request body is executed by graphql-js once and its response remembered,
 * so that what is measured is the gateway.
 */
export class RememberingServer {
  readonly #remembered = new Map<string, Remembered>();
  readonly #counts = { fetches: 0, entities: 0, computed: 0, failed: 0 };
  readonly #server: Server = createServer({ keepAliveTimeout: 0 }, (request, response) =>
    this.handle(request, response),
  );

  constructor(private readonly schema: GraphQLSchema) {}

  get counts(): SubgraphCounts {
    return { ...this.#counts };
  }

  async start(): Promise<{ readonly url: string }> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const { port } = this.#server.address() as AddressInfo; // a TCP server that listens has one
    return { url: `http://127.0.0.1:${port}/graphql` };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers a request that came to this server or to another one. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void this.#answer(Buffer.concat(chunks).toString('utf8'), response));
  }

  async #answer(body: string, response: ServerResponse): Promise<void> {
    const known = this.#remembered.get(body) ?? (await this.#compute(body));
    this.#counts.fetches += 1;
    this.#counts.entities += known.entities;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': known.response.byteLength });
    response.end(known.response);
  }

  async #compute(body: string): Promise<Remembered> {
    const { result, entities } = await run(this.schema, body).catch((error: unknown) => ({
      result: { errors: [{ message: messageOf(error) }] },
      entities: 0,
    }));
    this.#counts.computed += 1;
    if (result.errors) this.#counts.failed += 1;
    const computed = { response: Buffer.from(JSON.stringify(result)), entities };
    this.#remembered.set(body, computed);
    return computed;
  }
}

async function run(schema: GraphQLSchema, body: string) {
  const { query, variables, operationName } = JSON.parse(body) as {
    query: string;
    variables?: Record<string, unknown>;
    operationName?: string;
  }; // what gateways send is GraphQL over HTTP
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return { result: { errors }, entities: 0 };
  const result = await execute({ schema, document, variableValues: variables, operationName });
  const lists = Object.values(variables ?? {}).filter((value) => Array.isArray(value));
  return { result, entities: lists.reduce((sum, { length }) => sum + length, 0) };
}
