import type { DocumentFuzz } from './documents';
import { mutate, mutateBytes } from './mutate';
import type { Random } from './random';

/** One HTTP request as bytes; a whole one is answered, one that breaks off may only be closed. */
export interface FuzzRequest {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=latin1',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/graphql',
  '',
  'a/b;;;="',
];
const ACCEPTS = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'multipart/mixed',
  'text/html',
  'text/event-stream',
  '',
  ',;q=',
  'application/json;charset=utf-16',
];
const PATHS = [
  '/graphql',
  '/graphql',
  '/graphql',
  '/graphql?',
  '/graphql?query=%',
  '/graphql?query={me{id}}&variables=[',
  '//',
  '/schema.graphql',
  '/health',
  '/metrics',
  '/explorer/page.css',
  '/graphql/../graphql',
  '/%00',
  '*',
];
const METHODS = ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/** Makes HTTP requests, most of them wrong in one way or another. */
export class RequestFuzz {
  constructor(
    private readonly documents: DocumentFuzz,
    private readonly random: Random,
    /** An access token that is valid. */
    private readonly token: string,
  ) {}

  any(): FuzzRequest {
    const { random } = this;
    const method = random.chance(0.75) ? 'POST' : random.pick(random.chance(0.6) ? ['GET'] : METHODS);
    const body = method === 'GET' ? Buffer.alloc(0) : this.#body();
    const request = Buffer.concat([Buffer.from(this.#head(method, body.length), 'latin1'), body]);
    if (random.chance(0.12)) return { bytes: mutateBytes(request, random), isWhole: false };
    return { bytes: request, isWhole: true };
  }

  #head(method: string, length: number): string {
    const { random } = this;
    const path =
      method === 'GET' && random.chance(0.7)
        ? `/graphql?${this.#search()}`
        : random.chance(0.85)
          ? '/graphql'
          : random.pick(PATHS);
    const headers = [
      `host: 127.0.0.1`,
      `connection: close`,
      ...(random.chance(0.97) ? [`content-type: ${random.pick(random.chance(0.95) ? TYPES.slice(0, 2) : TYPES)}`] : []),
      ...(random.chance(0.5) ? [`accept: ${random.pick(random.chance(0.9) ? ACCEPTS.slice(0, 3) : ACCEPTS)}`] : []),
      ...(random.chance(0.5)
        ? [
            `authorization: ${random.pick([...Array<string>(12).fill(`Bearer ${this.token}`), 'Bearer x', 'Bearer a.b.c', 'Basic x', 'Bearer', `Bearer ${'x'.repeat(4_000)}`])}`,
          ]
        : []),
      ...(random.chance(0.1)
        ? [`origin: ${random.pick(['http://localhost:3000', 'https://elsewhere.example', 'null', '\x80'])}`]
        : []),
      ...(random.chance(0.1) ? [`x-forwarded-for: ${random.pick(['1.2.3.4', ',,,', '::::', 'x'.repeat(500)])}`] : []),
      ...(random.chance(0.1) ? [`if-none-match: ${random.pick(['*', '"x"', ',', 'W/'])}`] : []),
      ...(random.chance(0.1) ? [`x-graphql-cost: 1`] : []),
      ...(random.chance(0.1)
        ? [`traceparent: ${random.pick(['x', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`])}`]
        : []),
      ...(length > 0 || method === 'POST' ? [`content-length: ${length}`] : []),
    ];
    return `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`;
  }

  #search(): string {
    const { random } = this;
    const search = new URLSearchParams();
    if (random.chance(0.8)) search.set('query', this.documents.any().slice(0, 2_000));
    if (random.chance(0.3)) search.set('variables', this.#json());
    if (random.chance(0.2)) search.set('extensions', this.#json());
    if (random.chance(0.2)) search.set('documentId', this.#hash());
    const text = search.toString();
    return random.chance(0.2) ? text.replaceAll('%', '') : text;
  }

  #body(): Buffer {
    const { random } = this;
    const kind = random.next();
    if (kind < 0.6) return Buffer.from(JSON.stringify(this.#parameters()));
    if (kind < 0.7) return Buffer.from(JSON.stringify(random.times(8, () => this.#parameters())));
    if (kind < 0.85) return Buffer.from(mutate(JSON.stringify(this.#parameters()), random));
    if (kind < 0.93) return mutateBytes(Buffer.from(JSON.stringify(this.#parameters())), random);
    if (kind < 0.98) return Buffer.from(this.#json());
    return Buffer.from(JSON.stringify({ query: `#${'x'.repeat(150_000)}` }));
  }

  #parameters(): unknown {
    const { random } = this;
    return {
      ...(random.chance(0.9) ? { query: random.chance(0.95) ? this.documents.any() : this.#odd() } : {}),
      ...(random.chance(0.3) ? { operationName: random.pick(['Q1', 'Q2', '', null, 7, {}]) } : {}),
      ...(random.chance(0.3)
        ? { variables: random.chance(0.7) ? { id: this.#odd(), input: this.#odd() } : this.#odd() }
        : {}),
      ...(random.chance(0.2) ? { extensions: this.#extensions() } : {}),
      ...(random.chance(0.1) ? { documentId: random.pick([this.#hash(), 7, null, '']) } : {}),
    };
  }

  #extensions(): unknown {
    const { random } = this;
    const persistedQuery = random.pick([
      { version: 1, sha256Hash: this.#hash() },
      { version: 2 },
      'x',
      null,
      [],
      { version: 1 },
    ]);
    return random.pick([{ persistedQuery }, {}, null, 'x', []]);
  }

  #hash(): string {
    return this.random.pick(['a'.repeat(64), `sha256:${'b'.repeat(64)}`, 'short', '__proto__', '']);
  }

  #odd(): unknown {
    return this.random.pick<unknown>([
      null,
      0,
      -1,
      1e308,
      '',
      'x',
      [],
      {},
      [[[]]],
      { __proto__: 1 },
      { constructor: { prototype: 1 } },
      true,
      'y'.repeat(1_000),
    ]);
  }

  #json(): string {
    const { random } = this;
    const depth = 2 ** random.below(12);
    return random.pick([
      '',
      'null',
      '7',
      '"x"',
      '[]',
      '{}',
      '{"a":',
      '[1,2',
      '[null]',
      `${'['.repeat(depth)}${']'.repeat(depth)}`,
      '{"id":"x"}',
      '\uFEFF{}',
      '{"query":"{me{id}}","query":7}',
    ]);
  }
}
