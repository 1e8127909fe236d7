import type { IncomingMessage } from 'node:http';

import { BadInputError, LimitExceededError, SchoolError, isSchoolError } from '../errors';

/**
 * Reads a request body of at most `maxBytes` as UTF-8 text; more is refused (LIMIT_EXCEEDED) without being kept in
 * memory. CANCELLED when the client goes before the end of it.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  try {
    return await readAll(request, maxBytes);
  } catch (cause) {
    if (isSchoolError(cause) || request.complete) throw cause;
    throw new SchoolError('CANCELLED', 'The request ended before its body did.', { cause });
  }
}

async function readAll(request: IncomingMessage, maxBytes: number): Promise<string> {
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
