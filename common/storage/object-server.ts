import { createReadStream, createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { SchoolError, isSchoolError } from '../errors';
import { type HttpHost, createHttpHost, sendJson } from '../http';
import type { DiskStorage } from './disk-storage';
import { attachment, requireKey } from './keys';
import { uploadBound } from './url-signature';

export interface ObjectServerOptions {
  readonly storage: DiskStorage;
  readonly host: string;
  readonly port: number;
  /** Pages that may read and write from a browser. */
  readonly origins: readonly string[];
}

/** Serves the signed URLs of a folder store as an S3 server serves its own: nothing without a valid signature. */
export function createObjectServer(options: ObjectServerOptions): HttpHost {
  return createHttpHost({
    service: 'files-store',
    host: options.host,
    port: options.port,
    routes: ['/*'],
    handle: async (request, response) => {
      allowOrigin(options.origins, request, response);
      try {
        await serve(options.storage, request, response);
      } catch (error) {
        if (!isSchoolError(error) || response.headersSent) throw error;
        const status = { FORBIDDEN: 403, NOT_FOUND: 404, LIMIT_EXCEEDED: 413 }[String(error.code)] ?? 400;
        response.setHeader('connection', 'close');
        sendJson(response, status, { error: error.code, message: error.message });
      }
    },
  });
}

async function serve(storage: DiskStorage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const key = requireKey(decodeURIComponent(url.pathname.slice(1)));
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  if (request.method === 'PUT') return receive(storage, key, url.searchParams, request, response);
  if (request.method === 'GET' || request.method === 'HEAD')
    return deliver(storage, key, url.searchParams, request, response);
  response.writeHead(405, { allow: 'GET, HEAD, PUT, OPTIONS' }).end();
}

function requireGrant(
  storage: DiskStorage,
  method: 'PUT' | 'GET',
  key: string,
  query: URLSearchParams,
  bound: string,
): void {
  const expires = Number(query.get('expires'));
  const isGranted = storage.isGranted({ method, key, expires, bound }, query.get('signature') ?? '');
  if (!isGranted)
    throw new SchoolError(
      'FORBIDDEN',
      'The signature does not allow this request: method, key, type and size must be as signed.',
    );
  if (expires * 1000 < Date.now()) throw new SchoolError('FORBIDDEN', 'The URL has expired.');
}

async function receive(
  storage: DiskStorage,
  key: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const contentType = request.headers['content-type'] ?? '';
  const size = Number(request.headers['content-length'] ?? Number.NaN);
  requireGrant(storage, 'PUT', key, query, uploadBound(contentType, size));
  const target = await storage.beginPut(key, contentType);
  try {
    await pipeline(request, exactly(size), createWriteStream(target.path));
    await target.commit();
  } catch (error) {
    await target.abort();
    throw error;
  }
  response.writeHead(200, { 'content-length': 0 }).end();
}

/** Passes bytes on and fails when they are more or fewer than promised. */
function exactly(size: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.byteLength;
      if (seen > size) done(new SchoolError('LIMIT_EXCEEDED', `More than the signed ${size} bytes were sent.`));
      else done(null, chunk);
    },
    flush(done) {
      done(seen === size ? null : new SchoolError('BAD_USER_INPUT', `Fewer than the signed ${size} bytes were sent.`));
    },
  });
}

async function deliver(
  storage: DiskStorage,
  key: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fileName = query.get('name') ?? '';
  requireGrant(storage, 'GET', key, query, fileName);
  const found = await storage.stat(key);
  if (!found) throw new SchoolError('NOT_FOUND', 'There is no such object.');
  const range = rangeOf(request.headers.range, found.size);
  if (range === 'unsatisfiable')
    return void response.writeHead(416, { 'content-range': `bytes */${found.size}` }).end();
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  response.writeHead(range ? 206 : 200, {
    'content-type': found.contentType,
    'content-length': Math.max(0, end - start + 1),
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=300',
    'x-content-type-options': 'nosniff',
    ...(range ? { 'content-range': `bytes ${start}-${end}/${found.size}` } : {}),
    ...(fileName === '' ? {} : { 'content-disposition': attachment(fileName) }),
  });
  if (request.method === 'HEAD' || found.size === 0) return void response.end();
  await pipeline(createReadStream(storage.pathOf(key), { start, end }), response);
}

type Range = { readonly start: number; readonly end: number };

/** One byte range (RFC 9110 section 14); several are answered with the whole object. */
function rangeOf(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start <= end ? { start, end } : 'unsatisfiable';
}

function allowOrigin(origins: readonly string[], request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT');
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('access-control-max-age', '600');
  response.setHeader('vary', 'origin');
}
