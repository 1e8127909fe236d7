import { type Hash, createHash } from 'node:crypto';
import { Transform } from 'node:stream';

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
