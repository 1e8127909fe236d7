import type { Readable } from 'node:stream';

import { sign } from 'aws4';
import { Client } from 'minio';

import type { Secret } from '../config';
import { LimitExceededError, NotFoundError, UnavailableError, systemCodeOf } from '../errors';
import { attachment, requireKey, requirePrefix } from './keys';
import type { ObjectStorage } from './storage';

export interface S3StorageOptions {
  readonly endpoint: string;
  /** Where browsers reach it; signatures cover the host, so that signed URLs are made for it. */
  readonly publicEndpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: Secret;
}

/** Any S3 server behind the storage port; path-style addresses, which every one of them understands. */
export function createS3Storage(options: S3StorageOptions): ObjectStorage {
  const { bucket } = options;
  const endpoint = new URL(options.endpoint);
  const client = clientOf(options, endpoint);
  const storage: ObjectStorage = {
    async put(key, body, contentType) {
      await client.putObject(bucket, requireKey(key), body, body.byteLength, { 'Content-Type': contentType });
    },
    async putFile(key, path, contentType) {
      await client.fPutObject(bucket, requireKey(key), path, { 'Content-Type': contentType });
    },
    async get(key) {
      try {
        return await client.getObject(bucket, requireKey(key));
      } catch (error) {
        throw translate(error, key);
      }
    },
    async getBuffer(key, maxBytes) {
      const stream = await storage.get(key);
      return readAtMost(stream, maxBytes);
    },
    async stat(key) {
      try {
        const found = await client.statObject(bucket, requireKey(key));
        return {
          size: found.size,
          contentType: String(found.metaData['content-type'] ?? 'application/octet-stream'),
          modifiedAt: found.lastModified,
        };
      } catch (error) {
        if (isAbsent(error)) return null;
        throw translate(error, key);
      }
    },
    async delete(key) {
      await client.removeObject(bucket, requireKey(key)).catch((error: unknown) => {
        if (!isAbsent(error)) throw translate(error, key);
      });
    },
    async deletePrefix(prefix) {
      const keys = await Array.fromAsync(listing(client, bucket, requirePrefix(prefix)));
      for (const key of keys) await storage.delete(key);
      return keys.length;
    },
    list: () => listing(client, bucket, ''),
    ...signing(options, new URL(options.publicEndpoint)),
    ready: () => prepareBucket(client, options, endpoint),
    close: () => Promise.resolve(),
  };
  return storage;
}

async function* listing(client: Client, bucket: string, prefix: string): AsyncGenerator<string> {
  for await (const item of client.listObjectsV2(bucket, prefix, true)) {
    const { name } = item as { name?: string }; // minio types the listing stream as any
    if (name !== undefined) yield name;
  }
}

/** Makes the bucket when it is missing. */
async function prepareBucket(client: Client, { bucket, region }: S3StorageOptions, endpoint: URL): Promise<void> {
  try {
    if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket, region);
  } catch (error) {
    if (!isOwnedAlready(error)) throw new UnavailableError(`The S3 endpoint ${endpoint.host} cannot be used.`, error);
  }
}

function clientOf({ accessKey, secretKey, region }: S3StorageOptions, endpoint: URL): Client {
  return new Client({
    endPoint: endpoint.hostname,
    port: Number(endpoint.port || (endpoint.protocol === 'https:' ? 443 : 80)),
    useSSL: endpoint.protocol === 'https:',
    accessKey,
    secretKey: secretKey.reveal(),
    region,
    pathStyle: true,
  });
}

function signing(options: S3StorageOptions, endpoint: URL): Pick<ObjectStorage, 'signUpload' | 'signDownload'> {
  return {
    async signUpload(key, { contentType, size }, expiresInSeconds) {
      const headers = { 'content-type': contentType, 'content-length': String(size) };
      const url = presign(options, endpoint, {
        method: 'PUT',
        key: requireKey(key),
        query: {},
        headers,
        expiresInSeconds,
      });
      return { method: 'PUT', url, headers, expiresAt: new Date(Date.now() + expiresInSeconds * 1000) };
    },
    async signDownload(key, expiresInSeconds, fileName) {
      const query: Record<string, string> =
        fileName === undefined ? {} : { 'response-content-disposition': attachment(fileName) };
      const url = presign(options, endpoint, {
        method: 'GET',
        key: requireKey(key),
        query,
        headers: {},
        expiresInSeconds,
      });
      return { url, expiresAt: new Date(Date.now() + expiresInSeconds * 1000) };
    },
  };
}

interface Presigning {
  readonly method: 'PUT' | 'GET';
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresInSeconds: number;
}

/**
 * A presigned URL (AWS Signature Version 4, query parameters) whose signature covers the given headers too: the
 * client library's own leaves type and size out, so that anything could be uploaded with it.
 */
function presign(options: S3StorageOptions, endpoint: URL, request: Presigning): string {
  const query = new URLSearchParams({ ...request.query, 'X-Amz-Expires': String(request.expiresInSeconds) });
  const signed = sign(
    {
      service: 's3',
      region: options.region,
      method: request.method,
      host: endpoint.host,
      path: `/${options.bucket}/${request.key}?${query.toString().replaceAll('+', '%20')}`,
      headers: { ...request.headers },
      signQuery: true,
    },
    { accessKeyId: options.accessKey, secretAccessKey: options.secretKey.reveal() },
  );
  return `${endpoint.protocol}//${endpoint.host}${signed.path ?? ''}`;
}

async function readAtMost(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      stream.destroy();
      throw new LimitExceededError(`The object has more than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function isAbsent(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey', 'NoSuchObject'].includes(systemCodeOf(error));
}

function isOwnedAlready(error: unknown): boolean {
  return systemCodeOf(error) === 'BucketAlreadyOwnedByYou';
}

function translate(error: unknown, key: string): unknown {
  if (isAbsent(error)) return new NotFoundError('object', key);
  return /^(ECONN|ETIMEDOUT|SlowDown|ServiceUnavailable|InternalError)/.test(systemCodeOf(error))
    ? new UnavailableError('The object store cannot be reached.', error)
    : error;
}
