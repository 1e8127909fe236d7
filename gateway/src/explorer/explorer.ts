import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

import { EXPLORER_PAGE, EXPLORER_POLICY, PAGE_STYLE } from './page';
import { START_SCRIPT } from './start-script';

interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly gzipped: Buffer;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** What is served under each path. The explorer's own files are 9 MB: they are loaded when first asked for. */
const ASSETS: Readonly<Record<string, { readonly type: string; readonly read: () => Promise<string> }>> = {
  '/graphql': { type: 'text/html; charset=utf-8', read: async () => EXPLORER_PAGE },
  '/explorer/page.css': { type: STYLE, read: async () => PAGE_STYLE },
  '/explorer/start.js': { type: SCRIPT, read: async () => START_SCRIPT },
  '/explorer/graphiql.css': { type: STYLE, read: async () => graphiql().css },
  '/explorer/graphiql.js': { type: SCRIPT, read: async () => graphiql().js },
  '/explorer/editor.worker.js': { type: SCRIPT, read: async () => graphiql().editorWorkerService },
  '/explorer/json.worker.js': { type: SCRIPT, read: async () => graphiql().jsonWorker },
  '/explorer/graphql.worker.js': { type: SCRIPT, read: async () => graphiql().graphqlWorker },
};

/** Required where it is needed: at the top it would cost every start its 9 MB. */
function graphiql() {
  return require('@graphql-yoga/render-graphiql/graphiql') as typeof import('@graphql-yoga/render-graphiql/graphiql');
}

export interface Explorer {
  /** Answers a request for the explorer or one of its files; false when it is for something else. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
}

/** GraphiQL for browsers that open `/graphql`, without a request to any other server. */
export function createExplorer(): Explorer {
  const assets = new Map<string, Promise<Asset>>();
  return {
    async answer(request, response, path) {
      const source = ASSETS[path];
      if (!source || request.method !== 'GET') return false;
      if (path === '/graphql' && !request.headers.accept?.includes('text/html')) return false;
      const asset = assets.get(path) ?? pack(source.type, source.read);
      assets.set(path, asset);
      await send(request, response, await asset);
      return true;
    },
  };
}

async function pack(type: string, read: () => Promise<string>): Promise<Asset> {
  const text = await read();
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return { type, etag, gzipped: await promisify(gzip)(text) };
}

async function send(request: IncomingMessage, response: ServerResponse, asset: Asset): Promise<void> {
  response.setHeader('etag', asset.etag);
  response.setHeader('cache-control', 'no-cache');
  response.setHeader('content-security-policy', EXPLORER_POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('vary', 'Accept, Accept-Encoding');
  if (request.headers['if-none-match'] === asset.etag) return void response.writeHead(304).end();
  const isGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = isGzip ? asset.gzipped : await promisify(gunzip)(asset.gzipped);
  if (isGzip) response.setHeader('content-encoding', 'gzip');
  response.writeHead(200, { 'content-type': asset.type, 'content-length': body.byteLength }).end(body);
}
