import type { Readable } from 'node:stream';

/** What is known of an object; `size` in bytes. */
export interface StoredObject {
  readonly size: number;
  readonly contentType: string;
  readonly modifiedAt: Date;
}

/** Leave to put exactly one object: method, headers and body size are part of the signature. */
export interface SignedUpload {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

export interface SignedDownload {
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Where files live: the S3 operations that every S3 server has, and nothing more. Keys are made of
 * `[A-Za-z0-9._-]` segments joined by `/`, at most 512 characters.
 */
export interface ObjectStorage {
  /** Stores an object whole or not at all; an object of the same key is replaced. */
  put(key: string, body: Buffer, contentType: string): Promise<void>;
  /** The same with the bytes of a file of this machine, of any size. */
  putFile(key: string, path: string, contentType: string): Promise<void>;
  /** The object as a stream; NOT_FOUND when there is none. */
  get(key: string): Promise<Readable>;
  /** The object's bytes; LIMIT_EXCEEDED when there are more than `maxBytes`, NOT_FOUND when there is none. */
  getBuffer(key: string, maxBytes: number): Promise<Buffer>;
  /** What is known of the object; null when there is none. */
  stat(key: string): Promise<StoredObject | null>;
  /** Removes the object; one that is not there is no error. */
  delete(key: string): Promise<void>;
  /** Removes every object whose key begins so; returns how many there were. */
  deletePrefix(prefix: string): Promise<number>;
  /** The keys of all objects, in no order. */
  list(): AsyncIterable<string>;
  /** Leave to upload an object of exactly this size (bytes) and type. */
  signUpload(
    key: string,
    bound: { contentType: string; size: number },
    expiresInSeconds: number,
  ): Promise<SignedUpload>;
  /** Leave to download; `fileName` becomes the name a browser saves it under. */
  signDownload(key: string, expiresInSeconds: number, fileName?: string): Promise<SignedDownload>;
  /** Resolves when the store can be used. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
