import type { IncomingMessage } from 'node:http';

import { BadInputError, LimitExceededError } from '../errors';

/** Reads a request body of at most `maxBytes` as UTF-8 text; more is refused without being kept in memory. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new BadInputError('body', 'must be bytes');
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new LimitExceededError(`The request body may have at most ${maxBytes} bytes.`, { maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
