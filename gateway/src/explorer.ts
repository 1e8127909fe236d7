import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

let page: Buffer | undefined;

/** Whether a browser asks to see the page rather than a program for data. */
export function wantsExplorer({ method, url, headers }: IncomingMessage): boolean {
  const isPlain = method === 'GET' && !(url ?? '').includes('query=');
  return isPlain && (headers.accept ?? '').includes('text/html');
}

/** GraphiQL with all its assets in one page: it works offline, and its subscriptions use the same URL. */
export function sendExplorer(response: ServerResponse): void {
  page ??= gzipSync(render());
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': 'gzip',
    'content-length': page.byteLength,
    'cache-control': 'private, max-age=3600',
  });
  response.end(page);
}

function render(): string {
  // Nine megabytes: loaded when somebody first looks.
  const { renderGraphiQL } = require('@graphql-yoga/render-graphiql') as typeof import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({
    title: 'Terakoya GraphQL',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    shouldPersistHeaders: false,
    defaultQuery:
      '# Sign in, then put the access token under Headers: {"authorization": "Bearer …"}\n{\n  me {\n    displayName\n  }\n}\n',
  });
}
