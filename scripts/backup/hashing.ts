import { type Hash, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Passes bytes on and keeps their SHA-256 and number. */
export class HashingStream extends Transform {
  readonly #hash: Hash = createHash('sha256');
  #digest: string | undefined;
  size = 0;

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.size += chunk.byteLength;
    done(null, chunk);
  }

  /** The hash of all that has passed, in hexadecimal; nothing may pass afterwards. */
  get sha256(): string {
    return (this.#digest ??= this.#hash.digest('hex'));
  }
}

/** The SHA-256 of what a file holds, or of what `unpack` makes of it. */
export async function hashFile(path: string, unpack: Transform = new PassThrough()): Promise<string> {
  const hashing = new HashingStream();
  await pipeline(createReadStream(path), unpack, hashing, new PassThrough().resume());
  return hashing.sha256;
}
